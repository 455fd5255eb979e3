import type { Evidence, Placed, Report } from "./check.ts";

/** D13: who claimed and won took the chair from whom they said it was; of two who saw it empty, one found it taken. */
export function checkClaims({ history, log }: Evidence, byId: ReadonlyMap<string, Placed>, report: Report): void {
  const claims = new Map<string, { person: string; was: string | null }>();
  for (const { command, outcome, event, person } of history.ops) {
    if (command.type !== "assign" || outcome !== "ok" || event?.type !== "assigned") continue;
    // A claim that held already is answered with the event that made it so: perhaps somebody else's.
    if (claims.has(event.id) || command.agent === command.was) continue;
    claims.set(event.id, { person, was: command.was });
    if (!byId.has(event.id))
      report({ rule: "D13", kind: "lost", says: `${person} won ${event.conversation}, and the log does not say so` });
  }
  for (const conversation of log.conversations.values()) {
    let holder: string | null = null;
    for (const { id, type, body, seq } of conversation.desk) {
      if (type !== "assigned") continue;
      const claim = claims.get(id);
      if (claim && claim.was !== holder) {
        const says = `${claim.person} claimed ${conversation.id} from ${claim.was ?? "nobody"} at desk ${seq} and won, and it was ${holder ?? "nobody"}'s`;
        report({ rule: "D13", kind: "other", says, about: conversation.id });
      }
      holder = body.agent?.id ?? null;
    }
  }
}
