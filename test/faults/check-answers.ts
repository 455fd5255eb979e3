import type { Command, Event } from "../../protocol/index.ts";
import type { Evidence, Report } from "./check.ts";
import { says } from "./check-words.ts";

/** D1: whoever was told that something is stored was told what they asked for, and what the log has. */
export function checkAnswers({ history, log, restored }: Evidence, report: Report): void {
  if (restored) return;
  for (const { command, outcome, event, again, person } of history.ops) {
    // A sync's answers, and a message's, are looked at elsewhere.
    if (outcome !== "ok" || !event || !("conversation" in command) || "id" in command) continue;
    const told = `${person}'s ${command.type} of ${event.conversation} was answered with ${event.type} ${event.seq}`;
    if (!again && !answers(event, command))
      report({ rule: "D1", kind: "lost", says: `${told}, which is not what was asked for`, about: event.conversation });
    const stored = log.conversations.get(event.conversation)?.[event.stream][event.seq - 1];
    if (stored && !says(event, stored, undefined))
      report({
        rule: "D1",
        kind: "lost",
        says: `${told}, and the log says ${JSON.stringify(stored.body)}`,
        about: event.conversation,
      });
  }
}

function answers(event: Event, command: Command): boolean {
  switch (command.type) {
    case "rate":
      return (
        event.type === "rated" &&
        event.episode === command.episode &&
        event.solved === command.solved &&
        event.rating === command.rating
      );
    case "assign":
      return event.type === "assigned" && (event.agent?.id ?? null) === command.agent;
    case "resolve":
      return event.type === "resolved";
    case "reopen":
      return event.type === "reopened" || event.type === "woken";
    case "snooze":
      return event.type === "snoozed" && Date.parse(event.until) === Date.parse(command.until);
    case "tag":
      return event.type === "tagged" && (event.add ?? []).every((tag) => command.add?.includes(tag));
    default:
      return true;
  }
}
