import type { Evidence, Placed, Report } from "./check.ts";
import { type History, nameOf } from "./history.ts";

/** D5 and D6, in one walk over each stream. After a restore only D5 of what was written after it could be asked for. */
export function checkOrder(
  { history, log, restored }: Evidence,
  byId: ReadonlyMap<string, Placed>,
  report: Report,
): void {
  if (restored) return;
  const times = timesOf(history);
  for (const conversation of log.conversations.values()) {
    for (const stream of ["talk", "desk"] as const) {
      const events = conversation[stream];
      const newest = new Map<string, { n: number; text: string }>();
      for (const { id } of events) {
        const written = history.written.get(id);
        if (!written || byId.get(id)?.conversation !== conversation) continue;
        const { person, n, text } = written;
        const before = newest.get(person);
        if (before && before.n > n) {
          const says = `${person} wrote "${text}" before "${before.text}", and it stands after it in ${stream} of ${conversation.id}`;
          report({ rule: "D5", kind: "order", says, about: id });
        }
        newest.set(person, { n, text });
      }
      // From the end: the earliest acknowledgement among all that stands later.
      let earliest = { at: Number.POSITIVE_INFINITY, text: "" };
      for (const { id } of [...events].reverse()) {
        const known = times.get(id);
        if (!known) continue;
        const { asked, acknowledged, text } = known;
        if (earliest.at < asked) {
          const says = `"${earliest.text}" was acknowledged before "${text}" was sent, and stands after it in ${stream} of ${conversation.id}`;
          report({ rule: "D6", kind: "order", says, about: id });
        }
        if (acknowledged < earliest.at) earliest = { at: acknowledged, text };
      }
    }
  }
}

interface Times {
  /** When it was sent first; long ago where nobody knows. */
  asked: number;
  acknowledged: number;
  text: string;
}

/** By event, of messages and of whatever else was asked for. */
function timesOf({ written, ops }: History): Map<string, Times> {
  const times = new Map<string, Times>();
  for (const { id, firstAsked = Number.NEGATIVE_INFINITY, acknowledged, text } of written.values())
    times.set(id, { asked: firstAsked, acknowledged: acknowledged?.at ?? Number.POSITIVE_INFINITY, text });
  for (const { command, outcome, event, again, asked, answered = Number.POSITIVE_INFINITY } of ops) {
    if (outcome !== "ok" || !event || "id" in command) continue;
    const known = times.get(event.id);
    // What held already was asked for earlier, by whomever.
    if (!known)
      times.set(event.id, {
        asked: again ? Number.NEGATIVE_INFINITY : asked,
        acknowledged: answered,
        text: nameOf(event),
      });
    else {
      if (!again) known.asked = Math.max(known.asked, asked);
      known.acknowledged = Math.min(known.acknowledged, answered);
    }
  }
  return times;
}

/** D7: whatever was asked after an acknowledgement contains what was acknowledged; pages have no holes (D4). */
export function checkSyncs({ ops }: History, report: Report): void {
  // Both kinds of moments, in the order in which they happened: acknowledgements raise the heads, questions ask for them.
  const known = new Map<string, number>();
  const due = new Map<number, number>();
  const moments = ops
    .flatMap((op) => [
      { at: op.asked, op, asked: true },
      ...(op.answered ? [{ at: op.answered, op, asked: false }] : []),
    ])
    .sort((a, b) => a.at - b.at);
  for (const { op, asked } of moments) {
    const { command, person } = op;
    if (!asked) {
      for (const event of [...(op.event ? [op.event] : []), ...(command.type === "sync" ? [] : (op.events ?? []))]) {
        const key = `${event.conversation} ${event.stream}`;
        if (op.outcome === "ok") known.set(key, Math.max(known.get(key) ?? 0, event.seq));
      }
    }
    if (command.type !== "sync") continue;
    const stream = "stream" in command ? command.stream : "talk";
    if (asked) {
      due.set(op.asked, known.get(`${command.conversation} ${stream}`) ?? 0);
      continue;
    }
    if (op.outcome !== "ok") continue;
    const least = due.get(op.asked) ?? 0;
    if ((op.head ?? 0) < least) {
      const says = `${person} asked for ${stream} of ${command.conversation} after ${least} was acknowledged, and was told that the head is ${op.head}`;
      report({ rule: "D7", kind: "lost", says, about: command.conversation });
    }
    let next = command.after + 1;
    for (const { seq } of op.events ?? []) {
      if (seq !== next) {
        report({
          rule: "D4",
          kind: "holes",
          says: `${person} asked after ${command.after} and got ${seq} where ${next} was due`,
          about: command.conversation,
        });
        break;
      }
      next += 1;
    }
    if (next - 1 > Math.max(op.head ?? 0, command.after)) {
      const says = `${person} was told that the head is ${op.head}, and got ${next - 1} with it`;
      report({ rule: "D7", kind: "order", says, about: command.conversation });
    }
    if (!op.more && next <= (op.head ?? 0)) {
      report({
        rule: "D7",
        kind: "lost",
        says: `${person} was told there is no more than ${next - 1}, and the head is ${op.head}`,
        about: command.conversation,
      });
    }
  }
}
