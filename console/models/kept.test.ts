import { describe, expect, it } from "vitest";
import { createMemoryShelf, shelfOf } from "../shelf.ts";
import { forgetSent, hasUnsent, SENT_KEPT_MS, sweep } from "./kept.ts";

const NOW = Date.parse("2026-12-01T10:00:00.000Z");
const kept = (at: number) => JSON.stringify({ at: new Date(at).toISOString() });

describe("what is kept of an agent's words", () => {
  it("is one's own: another in the same browser neither has nor forgets it", () => {
    const shelf = createMemoryShelf();
    shelfOf(shelf, "ada").set("outbox.1", "words");
    shelfOf(shelf, "ada").set("sent.2", "words");
    expect([hasUnsent(shelf, "ada"), hasUnsent(shelf, "ben")]).toEqual([true, false]);
    forgetSent(shelf, "ben");
    expect(shelfOf(shelf, "ben").keys("")).toEqual([]);
    expect(shelfOf(shelf, "ada").keys("")).toEqual(["outbox.1", "sent.2"]);
    forgetSent(shelf, "ada");
    expect(shelfOf(shelf, "ada").keys("")).toEqual(["outbox.1"]);
  });

  it("ends after a week where it was sent, also of somebody who never came back", () => {
    const shelf = createMemoryShelf();
    shelf.set("ada.sent.1", kept(NOW - SENT_KEPT_MS - 1));
    shelf.set("ada.sent.2", kept(NOW - SENT_KEPT_MS + 1));
    shelf.set("ada.outbox.3", kept(NOW - 2 * SENT_KEPT_MS));
    sweep(shelf, NOW);
    expect(shelf.keys("")).toEqual(["ada.sent.2", "ada.outbox.3"]);
  });

  it("stays a week where it has no name on it, and is nobody's meanwhile", () => {
    const shelf = createMemoryShelf();
    for (const key of ["outbox.1", "sent.2", "draft.3", "edit.4", "epoch"]) shelf.set(key, kept(NOW));
    shelf.set("ada.draft.5", "words");
    sweep(shelf, NOW);
    sweep(shelf, NOW + SENT_KEPT_MS);
    expect(shelfOf(shelf, "ada").keys("")).toEqual(["draft.5"]);
    expect(shelf.keys("outbox.")).toEqual(["outbox.1"]);
    sweep(shelf, NOW + SENT_KEPT_MS + 1);
    expect(shelf.keys("")).toEqual(["ada.draft.5"]);
  });

  it("goes after that week although the clock was ahead, or the day cannot be read, when it began", () => {
    for (const noted of [String(NOW + 5 * SENT_KEPT_MS), "?"]) {
      const shelf = createMemoryShelf();
      shelf.set("outbox.1", "words");
      shelf.set("unnamed", noted);
      sweep(shelf, NOW);
      sweep(shelf, NOW + SENT_KEPT_MS);
      expect(shelf.keys("outbox.")).toEqual(["outbox.1"]);
      sweep(shelf, NOW + SENT_KEPT_MS + 1);
      expect(shelf.keys("")).toEqual([]);
    }
  });
});
