import { describe, expect, it } from "vitest";
import type { Event } from "../../protocol/event.ts";
import type { EventId } from "../../protocol/ids.ts";
import { byAgent, CONVERSATION, conversation, MARA, posted, TOMAS } from "../fake-line.ts";
import { itemsOf } from "./items.ts";
import type { Pending } from "./outbox.ts";

const me = { kind: "agent", id: MARA.id, name: MARA.name } as const;
const stored = (event: object): Event =>
  ({
    conversation: CONVERSATION,
    id: "x",
    at: "2026-03-01T10:05:00.000Z",
    ...byAgent(TOMAS),
    ...event,
  }) as unknown as Event;
const show = (talk: Event[], desk: Event[] = [], pending: Pending[] = []) =>
  itemsOf(conversation({ read: { visitor: 2, agents: 0 } }), { talk, desk }, pending, me).filter(
    ({ kind }) => kind !== "day",
  );

describe("what a thread shows", () => {
  it("stands in the order of time over both streams", () => {
    const note = stored({ stream: "desk", seq: 1, type: "noted", text: "n", at: "2026-03-01T10:01:30.000Z" });
    expect(show([posted(1, "a"), posted(2, "b")], [note]).map(({ kind }) => kind)).toEqual([
      "message",
      "note",
      "message",
    ]);
  });

  it("passes over what only a newer server has words for", () => {
    const later = stored({ stream: "talk", seq: 2, type: "celebrated", confetti: 12 });
    const note = stored({ stream: "desk", seq: 1, type: "weighed" });
    expect(show([posted(1, "a"), later, posted(3, "b")], [note])).toMatchObject([{ text: "a" }, { text: "b" }]);
  });

  it("folds edits and removals into the message", () => {
    const shown = show([
      posted(1, "a"),
      posted(2, "b"),
      stored({ stream: "talk", seq: 3, type: "edited", target: 1, text: "A" }),
      stored({ stream: "talk", seq: 4, type: "redacted", target: 2 }),
    ]);
    expect(shown).toMatchObject([
      { text: "A", edited: true },
      { text: "", redacted: true },
    ]);
  });

  it("D15 says Sent for what is acknowledged, Seen for what was read, and Sending for neither", () => {
    const pending = { command: { type: "post", id: "p", text: "c" }, at: "2026-03-01T10:09:00.000Z", state: "sending" };
    const shown = show([posted(2, "a", byAgent(MARA)), posted(3, "b", byAgent(MARA))], [], [pending as Pending]);
    expect(shown.map((item) => item.kind === "message" && item.delivery)).toEqual(["seen", "sent", "sending"]);
  });

  it("shows a message once while its reply and its push are under way", () => {
    const id = "p" as EventId;
    const pending = { command: { type: "post", id, text: "a" }, at: "2026-03-01T10:01:00.000Z", state: "sending" };
    expect(show([posted(1, "a", { id, ...byAgent(MARA) })], [], [pending as Pending])).toHaveLength(1);
  });

  it("tells a claim once and the newest answer alone", () => {
    const at = "2026-03-01T10:02:00.000Z";
    const assigned = stored({ stream: "desk", seq: 1, type: "assigned", agent: TOMAS, at });
    const shown = show(
      [
        posted(1, "a"),
        stored({ stream: "talk", seq: 2, type: "joined", agent: TOMAS, at }),
        stored({ stream: "talk", seq: 3, type: "rated", episode: 1, solved: true }),
        stored({ stream: "talk", seq: 4, type: "rated", episode: 1, solved: true, rating: 5 }),
      ],
      [assigned],
    );
    expect(shown.map((item) => ("event" in item ? `${item.event.type} ${item.event.seq}` : item.kind))).toEqual([
      "message",
      "assigned 1",
      "rated 4",
    ]);
  });

  it("D4 passes over what a newer server tells and this console has no words for", () => {
    const shown = show([posted(1, "a"), stored({ stream: "talk", seq: 2, type: "whistled" }), posted(3, "b")]);
    expect(shown).toMatchObject([{ text: "a" }, { text: "b" }]);
  });

  it("D4 applies a change once the older message that it changes is fetched", () => {
    const edit = stored({ stream: "talk", seq: 3, type: "edited", target: 1, text: "A" });
    expect(show([posted(2, "b"), edit])).toMatchObject([{ text: "b", edited: false }]);
    expect(show([posted(1, "a"), posted(2, "b"), edit])).toMatchObject([{ text: "A", edited: true }, { text: "b" }]);
  });
});
