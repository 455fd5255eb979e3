import type { Evidence, Placed, Report } from "./check.ts";
import { shownIn } from "./check-words.ts";
import { numbersIn } from "./hearsay.ts";
import type { LogConversation } from "./log.ts";

/* Words wherever they turn up: in any packet that reached somebody, in the search, anywhere in the file. */

/** Where the words under a number belong. */
interface Home {
  conversation: LogConversation;
  stream: "talk" | "desk";
  gone: boolean;
}

/** D9, D12: no word and no pulse reached anybody but those whose conversation it is of; and words that stand in no log, nobody. */
export function checkHearsay(evidence: Evidence, byId: ReadonlyMap<string, Placed>, report: Report): void {
  const { history, log, restored } = evidence;
  const { hearsay } = history;
  const homes = homesOf(evidence, byId);
  const visitors = new Map(evidence.visitors.map(({ name, ids }) => [name, ids]));
  const sites = new Map(evidence.agents.map(({ name, as }) => [name, as.site.id as string]));
  const may = (person: string, { visitor, site }: LogConversation) =>
    visitors.get(person)?.has(visitor) ?? sites.get(person) === site;
  for (const [person, numbers] of hearsay.words) {
    for (const number of numbers) {
      const home = homes.get(number);
      if (!home && restored) continue;
      if (!home) {
        report({ rule: "D9", kind: "foreign", says: `${person} was told words (${number}) that are not in the log` });
        continue;
      }
      const { conversation, stream } = home;
      if (may(person, conversation) && (stream === "talk" || sites.has(person))) continue;
      const what = stream === "talk" ? "words" : "a note";
      const says = `${person} was told ${what} (${number}) of ${conversation.id}`;
      report({ rule: "D12", kind: "foreign", says, about: conversation.id });
    }
  }
  const typed = new Set<string>();
  for (const entry of hearsay.typed) {
    const [conversation, name] = entry.split(" ") as [string, string];
    for (const id of visitors.get(name) ?? []) typed.add(`${conversation} ${id}`);
    for (const { name: other, as } of evidence.agents) if (other === name) typed.add(`${conversation} ${as.id}`);
  }
  for (const [person, pulses] of hearsay.pulses) {
    for (const pulse of pulses) {
      const [id, type, , author] = pulse.split(" ") as [string, string, string?, string?];
      const conversation = log.conversations.get(id as LogConversation["id"]);
      if (conversation && !may(person, conversation))
        report({ rule: "D12", kind: "foreign", says: `${person} was told ${type} of ${id}`, about: id });
      if (type === "typing" && !typed.has(`${id} ${author}`))
        report({ rule: "D9", kind: "other", says: `${person} was told that ${author} types in ${id}`, about: id });
    }
  }
}

/** By number, every word that the log has or had. */
function homesOf({ history, log }: Evidence, byId: ReadonlyMap<string, Placed>): Map<string, Home> {
  const homes = new Map<string, Home>();
  for (const { id, text } of history.written.values()) {
    const found = byId.get(id);
    if (!found) continue;
    const { conversation, stream, event } = found;
    for (const number of numbersIn(text)) homes.set(number, { conversation, stream, gone: event.body.gone === true });
  }
  const edited = new Set<string>();
  for (const { talk } of log.conversations.values())
    for (const { type, body } of talk)
      if (type === "edited") for (const number of numbersIn(body.text ?? "")) edited.add(number);
  for (const { command } of history.ops) {
    if (command.type !== "edit") continue;
    const conversation = log.conversations.get(command.conversation);
    const gone = conversation?.talk[command.target - 1]?.body.gone === true;
    if (!conversation) continue;
    for (const number of numbersIn(command.text))
      if (gone || edited.has(number)) homes.set(number, { conversation, stream: "talk", gone });
  }
  return homes;
}

/** D9: what was taken back lies nowhere in the file, whatever was made of it. */
export function checkGone(evidence: Evidence, byId: ReadonlyMap<string, Placed>, report: Report): void {
  const homes = homesOf(evidence, byId);
  for (const { table, text } of evidence.texts) {
    for (const number of numbersIn(text)) {
      const home = homes.get(number);
      if (!home?.gone) continue;
      const says = `words (${number}) that were taken back in ${home.conversation.id} lie in the table ${table}: ${text.slice(0, 120)}`;
      report({ rule: "D9", kind: "other", says, about: home.conversation.id });
    }
  }
}

/** D7, D9: a search finds what is shown, and nothing by words that are shown no more. */
export function checkSearches({ log, searches }: Evidence, report: Report): void {
  if (searches.length === 0) return;
  const shown = new Map<string, Set<string>>();
  const note = (text: string, id: string) => {
    for (const number of numbersIn(text)) shown.set(number, (shown.get(number) ?? new Set()).add(id));
  };
  for (const { id, talk, desk } of log.conversations.values()) {
    for (const text of shownIn(talk).values()) if (text !== null) note(text, id);
    for (const { type, body } of desk) if (type === "noted") note(body.text ?? "", id);
  }
  for (const { site, number, found } of searches) {
    const due = shown.get(number) ?? new Set();
    for (const id of found)
      if (!due.has(id))
        report({
          rule: "D9",
          kind: "other",
          says: `a search for ${number} finds ${id}, which does not show it`,
          about: id,
        });
    for (const id of due)
      if (log.conversations.get(id as LogConversation["id"])?.site === site && !found.includes(id))
        report({
          rule: "D7",
          kind: "lost",
          says: `a search for ${number} does not find ${id}, which shows it`,
          about: id,
        });
  }
}
