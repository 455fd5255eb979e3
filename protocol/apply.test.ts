import { describe, expect, test } from "vitest";
import { apply, gap } from "./apply.ts";
import { applyTalk } from "./apply-talk.ts";
import type { Conversation } from "./conversation.ts";
import type { Event } from "./event.ts";

const AT = "2026-05-04T12:00:00.000Z";
const BEFORE = {
  id: "c",
  site: "s",
  status: "open",
  episode: 1,
  openedAt: AT,
  updatedAt: AT,
  head: { talk: 0 },
  read: { visitor: 0, agents: 0 },
} as unknown as Conversation;
const AGENTS = { ...BEFORE, head: { talk: 0, desk: 0 }, tags: [], priority: 0 } as Conversation;

function event(fields: object): Event {
  return {
    conversation: "c",
    stream: "talk",
    seq: 1,
    id: "e",
    at: AT,
    by: { kind: "visitor" },
    type: "posted",
    text: "",
    ...fields,
  } as unknown as Event;
}

describe("Folding an event into a conversation", () => {
  test("D4 changes nothing where the event is known, and does not write into what it was given", () => {
    const frozen = Object.freeze({ ...BEFORE, head: Object.freeze({ talk: 0 }) });
    const after = apply(frozen, event({ text: "Hello" }));
    expect(after.head).toEqual({ talk: 1 });
    expect(apply(after, event({ text: "Other" }))).toBe(after);
  });

  test("D4 knows a hole from the next event", () => {
    expect(gap(BEFORE, event({ seq: 1 }))).toBe(false);
    expect(gap(BEFORE, event({ seq: 2 }))).toBe(true);
    expect(gap(BEFORE, event({ stream: "desk", seq: 1 }))).toBe(false);
    expect(gap({ ...BEFORE, head: { talk: 5 } }, event({ seq: 3 }))).toBe(false);
  });

  test("is the same for a visitor's client, which hears of one stream alone", () => {
    const heard = [
      event({ text: "Where is it?" }),
      event({ seq: 2, type: "joined", agent: { id: "a", name: "Mara" }, by: { kind: "system" } }),
      event({ seq: 3, by: { kind: "agent", name: "Mara" }, text: "On its way." }),
      event({ seq: 4, type: "edited", target: 1, text: "Where is my order?" }),
      event({ seq: 5, type: "resolved", by: { kind: "agent" } }),
      event({ seq: 6, type: "asked", episode: 1, expiresAt: AT, by: { kind: "system" } }),
      event({ seq: 7, type: "rated", episode: 1, solved: false }),
      event({ seq: 8, type: "reopened", episode: 2 }),
      event({ seq: 9, type: "redacted", target: 3, by: { kind: "agent" } }),
    ];
    const served = heard.reduce((conversation, one) => apply(conversation, one), BEFORE);
    expect(heard.reduce((conversation, one) => applyTalk(conversation, one), BEFORE)).toEqual(served);
    expect(served).toMatchObject({ episode: 2, head: { talk: 9 }, subject: "Where is my order?" });
  });

  test("takes the subject from the first line, cut by characters and not within one", () => {
    expect(apply(BEFORE, event({ text: "  Where is it?\nI wait." })).subject).toBe("Where is it?");
    const long = apply(BEFORE, event({ text: "🦜".repeat(200) }));
    expect(long.subject).toBe(`${"🦜".repeat(99)}…`);
    expect(long.latest?.text.isWellFormed()).toBe(true);
  });

  test("counts the wait from the first message that nobody has answered, for agents only", () => {
    const later = "2026-05-04T12:05:00.000Z";
    const agent = { kind: "agent" };
    const once = apply(AGENTS, event({}));
    const twice = apply(once, event({ seq: 2, at: later }));
    expect(twice.waitingSince).toBe(AT);
    expect(apply(twice, event({ seq: 3, by: agent })).waitingSince).toBeUndefined();
    expect(apply(BEFORE, event({})).waitingSince).toBeUndefined();
  });

  test("D10 never sets a time back, though the server's clock was", () => {
    const after = apply(BEFORE, event({ at: "2026-05-04T11:00:00.000Z" }));
    expect(after.updatedAt).toBe(AT);
  });

  test("D11 gives the same whichever stream comes first", () => {
    const talk = [
      event({}),
      event({ seq: 2, type: "joined", agent: { id: "a", name: "Ada" } }),
      event({ seq: 3, type: "resolved", episode: 1 }),
      event({ seq: 4, type: "reopened", episode: 2 }),
    ];
    const desk = [
      event({ stream: "desk", type: "assigned", agent: { id: "a", name: "Ada" } }),
      event({ stream: "desk", seq: 2, type: "snoozed", until: AT }),
      event({ stream: "desk", seq: 3, type: "woken" }),
      event({ stream: "desk", seq: 4, type: "assigned", agent: null }),
    ];
    const first = [...talk, ...desk].reduce(apply, AGENTS);
    expect([...desk, ...talk].reduce(apply, AGENTS)).toEqual(first);
    expect(first).toMatchObject({ status: "open", episode: 2 });
    expect(first.assignee).toBeUndefined();
  });
});
