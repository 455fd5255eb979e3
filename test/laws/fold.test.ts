import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AgentCommand,
  apply,
  type Conversation,
  type ConversationId,
  type Event,
  type EventId,
  type VisitorCommand,
} from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { openDesk } from "../support/desk.ts";
import { beginning } from "../support/people-view.ts";
import { logOf } from "./setting.ts";

/*
 * D11 on what a real server stored: whatever was done, and from whichever place one starts, a snapshot and the events
 * after it give what a fresh fetch gives; and an agent may hear the two streams in any order of one to the other.
 */

const RUNS = 40;
const SEED = Number(process.env.DESKBELL_SEED ?? 20260504);

type Step = { by: "vera" | "ada" | "ben"; does: (typeof ACTS)[number]; wait: number };
const ACTS = [
  "say",
  "end",
  "yes",
  "no",
  "reply",
  "note",
  "take",
  "drop",
  "tag",
  "untag",
  "snooze",
  "open",
  "edit",
  "redact",
] as const;

const steps = fc.array(
  fc.record({
    by: fc.constantFrom("vera", "ada", "ben"),
    does: fc.constantFrom(...ACTS),
    wait: fc.constantFrom(0, 0, 1, 60_000, 3_600_000),
  }) as fc.Arbitrary<Step>,
  { minLength: 3, maxLength: 25 },
);

test("D11 a snapshot and the events after it equal a fresh snapshot, for visitor and agent", {
  timeout: 30_000,
}, async () => {
  const desk = await openDesk();
  const agents = { ada: (await desk.hire("Ada")).actor, ben: (await desk.hire("Ben")).actor };

  const holds = async (list: Step[]) => {
    const { visitor } = await desk.welcome();
    const conversation = mintId<ConversationId>();
    const snapshots: { forVisitor: Conversation; forAgents: Conversation }[] = [];
    const visitorAsks = (command: VisitorCommand) => desk.desk.asVisitor.execute(visitor, command).catch(ignoreRefusal);
    await visitorAsks({ type: "post", conversation, id: mintId<EventId>(), text: "Hello\nthere" });
    for (const { by, does, wait } of list) {
      const now = await logOf(desk.store, conversation);
      snapshots.push(structuredClone(now));
      desk.clock.advance(wait);
      const asked = by === "vera" ? visitorDoes(does, now.forVisitor) : agentDoes(does, now, agents[by].id);
      if (by === "vera") await visitorAsks(asked as VisitorCommand);
      else
        await desk.desk.asAgent
          .execute(agents[by], asked as Exclude<AgentCommand, { type: "leave" }>)
          .catch(ignoreRefusal);
      await desk.desk.asAgent.wake();
    }
    const { talk, desk: notes, forAgents, forVisitor } = await logOf(desk.store, conversation);
    const [first] = talk;
    if (!first) throw new Error("Nothing was said");
    const fromNothing = talk.reduce(apply, beginning(first, desk.shop.id));
    expect(unread(fromNothing)).toEqual(unread(forVisitor));
    for (const snapshot of snapshots) {
      expect(unread(talk.reduce(apply, snapshot.forVisitor))).toEqual(unread(forVisitor));
      for (const events of [[...talk, ...notes], [...notes, ...talk], zip(talk, notes)]) {
        expect(unread(events.reduce(apply, snapshot.forAgents))).toEqual(unread(forAgents));
      }
    }
  };
  console.info(`DESKBELL_SEED=${SEED}`);
  try {
    await fc.assert(fc.asyncProperty(steps, holds), { numRuns: RUNS, seed: SEED });
    expect(desk.errors).toEqual([]);
  } finally {
    await desk.close();
  }
});

function visitorDoes(does: Step["does"], { id: conversation, survey, head }: Conversation): VisitorCommand {
  const episode = survey?.episode ?? 1;
  if (does === "end") return { type: "resolve", conversation };
  if (does === "yes") return { type: "rate", conversation, episode, solved: true, rating: 1 + (head.talk % 5) };
  if (does === "no") return { type: "rate", conversation, episode, solved: false };
  return { type: "post", conversation, id: mintId<EventId>(), text: `${does} ${head.talk}`, locale: "zh-Hans" };
}

function agentDoes(
  does: Step["does"],
  log: { forAgents: Conversation; talk: Event[] },
  me: Conversation["id"] | string,
): AgentCommand {
  const { id: conversation, head, assignee } = log.forAgents;
  const target = log.talk.findLast((event) => event.type === "posted" && event.by.id === me)?.seq ?? head.talk;
  const was = assignee?.id ?? null;
  const id = mintId<EventId>();
  switch (does) {
    case "note":
      return { type: "note", conversation, id, text: "A note" };
    case "take":
      return { type: "assign", conversation, agent: me as NonNullable<typeof was>, was };
    case "drop":
      return { type: "assign", conversation, agent: null, was };
    case "tag":
      return { type: "tag", conversation, add: ["refund", "blue"] };
    case "untag":
      return { type: "tag", conversation, add: ["late"], remove: ["blue"] };
    case "snooze":
      return { type: "snooze", conversation, until: "2026-05-04T14:00:00Z" };
    case "end":
    case "yes":
      return { type: "resolve", conversation };
    case "open":
    case "no":
      return { type: "reopen", conversation };
    case "edit":
      return { type: "edit", conversation, target, text: `Better ${head.talk}` };
    case "redact":
      return { type: "redact", conversation, target };
    default:
      return { type: "post", conversation, id, text: `Reply ${head.talk}`, seen: head.talk };
  }
}

/** Read marks are no events: pulses and greetings bring them. */
function unread({ read: _, ...conversation }: Conversation) {
  return conversation;
}

function zip<T>(one: readonly T[], other: readonly T[]): T[] {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, i) => [other[i], one[i]])
    .flat()
    .filter((event) => event !== undefined);
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Error) || !("fault" in error)) throw error;
}
