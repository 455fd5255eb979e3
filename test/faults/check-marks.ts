import type { Evidence, Report } from "./check.ts";

/** D10: a read mark that was acknowledged never goes back, and none is beyond what there is to read. */
export function checkMarks({ history, log, agents, restored }: Evidence, report: Report): void {
  for (const { id, read, head } of log.conversations.values()) {
    for (const side of ["visitor", "agents"] as const)
      if (read[side] > head.talk)
        report({
          rule: "D10",
          kind: "other",
          says: `${side} of ${id} read up to ${read[side]} of ${head.talk}`,
          about: id,
        });
  }
  // Told in this epoch, whatever became of those before.
  for (const { person, id, read } of history.hearsay.snapshots) {
    const mark = log.conversations.get(id)?.read;
    for (const side of ["visitor", "agents"] as const)
      if (mark && mark[side] < read[side])
        report({
          rule: "D10",
          kind: "lost",
          says: `${person} was told that ${side} read ${id} up to ${read[side]}, and the mark is ${mark[side]}`,
          about: id,
        });
  }
  if (restored) return;
  const people = new Set(agents.map(({ name }) => name));
  for (const { command, outcome, person } of history.ops) {
    if (command.type !== "read" || outcome !== "ok") continue;
    const side = people.has(person) ? "agents" : "visitor";
    const mark = log.conversations.get(command.conversation)?.read[side] ?? 0;
    if (mark < command.seq) {
      report({
        rule: "D10",
        kind: "lost",
        says: `${person} read up to ${command.seq} of ${command.conversation}, and the mark is ${mark}`,
        about: command.conversation,
      });
    }
  }
}
