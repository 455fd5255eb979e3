import type { Agent } from "./agent.ts";
import type { Search } from "./check.ts";
import { numbersIn } from "./hearsay.ts";
import type { History } from "./history.ts";
import type { Log } from "./log.ts";

/** More than any trial makes. */
const SEARCHES = 400;

/** Asks the product's own search for all words that were changed or taken back, old and new ones. */
export async function searchAll({ ops, written }: History, log: Log, agents: readonly Agent[]): Promise<Search[]> {
  const searches: Search[] = [];
  const asked = new Set<string>();
  for (const { command } of ops) {
    if (command.type !== "edit" && command.type !== "redact") continue;
    const conversation = log.conversations.get(command.conversation);
    const message = conversation?.talk[command.target - 1];
    const agent = agents.find(({ as, connection }) => as.site.id === conversation?.site && connection.up);
    if (!conversation || !message || !agent) continue;
    const texts = [written.get(message.id)?.text ?? "", command.type === "edit" ? command.text : ""];
    for (const number of texts.flatMap(numbersIn)) {
      if (asked.has(number) || asked.size === SEARCHES) continue;
      asked.add(number);
      const { site } = conversation;
      const reply = await agent.connection.send({ type: "inbox", site: agent.as.site.id, view: "all", query: number });
      if (reply.ok) searches.push({ site, number, found: (reply.rows ?? []).map(({ id }) => id) });
    }
  }
  return searches;
}
