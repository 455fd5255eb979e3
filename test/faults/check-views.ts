import type { Stream } from "../../protocol/index.ts";
import type { Evidence, Report } from "./check.ts";
import type { LogConversation } from "./log.ts";

/** D4, D8, D9, D12: what everybody was sent is in the log just so, and what everybody sees is all of it. */
export function checkViews(evidence: Evidence, report: Report): void {
  const { history, log } = evidence;
  const sites = new Map(evidence.agents.map(({ name, as }) => [name, as.site.id as string]));
  const visitors = new Map(evidence.visitors.map((visitor) => [visitor.name, visitor]));
  for (const [person, heard] of history.heard) {
    for (const [id, streams] of heard) {
      const conversation = log.conversations.get(id);
      const site = sites.get(person);
      const theirs =
        site === undefined ? visitors.get(person)?.ids.has(conversation?.visitor ?? "") : conversation?.site === site;
      if (!conversation && evidence.restored) continue;
      if (!conversation || !theirs || (site === undefined && streams.desk.length > 0)) {
        const rule = conversation ? "D12" : "D9";
        report({
          rule,
          kind: "foreign",
          says: `${person} was sent events of ${id}${conversation ? "" : ", which is not in the log"}`,
          about: id,
        });
        continue;
      }
      for (const stream of ["talk", "desk"] as const) {
        for (const event of streams[stream]) {
          const stored = event && conversation[stream][event.seq - 1];
          if (!event || stored?.id === event.id) continue;
          const says = `${person} was sent ${event.type} as ${stream} ${event.seq} of ${id}, where the log has ${stored?.type ?? "nothing"}`;
          report({ rule: stored ? "D4" : "D9", kind: stored ? "order" : "lost", says, about: id });
        }
      }
    }
  }
  const compare = (
    name: string,
    view: { talk: { id: string }[]; desk: { id: string }[] } | undefined,
    conversation: LogConversation,
    streams: readonly Stream[],
  ) => {
    for (const stream of streams) {
      const seen = view?.[stream] ?? [];
      const stored = conversation[stream];
      const differs = seen.findIndex(({ id }, index) => stored[index]?.id !== id);
      if (differs >= 0) {
        report({
          rule: "D4",
          kind: "order",
          says: `${name} sees at ${stream} ${differs + 1} of ${conversation.id} what the log does not have there`,
          about: conversation.id,
        });
      } else if (seen.length < stored.length) {
        report({
          rule: "D8",
          kind: "unseen",
          says: `${name} sees ${seen.length} of ${stored.length} in ${stream} of ${conversation.id}`,
          about: conversation.id,
        });
      }
    }
  };
  for (const { name, tabs, ids, unsent } of evidence.visitors) {
    for (const message of unsent)
      report({ rule: "D8", kind: "lost", says: `${name}'s outbox still holds "${message.text}"`, about: message.id });
    for (const conversation of log.conversations.values()) {
      if (!ids.has(conversation.visitor)) continue;
      for (const [index, tab] of tabs.entries())
        compare(`${name}, tab ${index + 1},`, tab.views.get(conversation.id), conversation, ["talk"]);
    }
  }
  for (const { name, open, connection } of evidence.agents) {
    for (const id of open) {
      const conversation = log.conversations.get(id);
      if (conversation) compare(name, connection.views.get(id), conversation, ["talk", "desk"]);
    }
  }
  for (const [name, connection] of connectionsOf(evidence)) {
    if (!connection.up) report({ rule: "D8", kind: "unseen", says: `${name} is not connected in the end` });
    for (const [id, stream, seq] of connection.pushes.places()) {
      const head = log.conversations.get(id)?.head[stream] ?? 0;
      if (connection.up && seq < head)
        report({
          rule: "D16",
          kind: "unseen",
          says: `${name} was pushed ${stream} of ${id} up to ${seq} of ${head} on a connection that stood`,
          about: id,
        });
    }
  }
}

function* connectionsOf({ visitors, agents }: Evidence) {
  for (const { name, tabs } of visitors) for (const tab of tabs) yield [name, tab] as const;
  for (const { name, connection } of agents) yield [name, connection] as const;
}
