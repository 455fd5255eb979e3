import type { Stream } from "../../protocol/index.ts";
import type { Agent } from "./agent.ts";
import { checkAnswers } from "./check-answers.ts";
import { checkClaims } from "./check-claims.ts";
import { checkGone, checkHearsay, checkSearches } from "./check-hearsay.ts";
import { checkMarks } from "./check-marks.ts";
import { checkOrder, checkSyncs } from "./check-order.ts";
import { checkEpisodes, checkSnapshots } from "./check-snapshots.ts";
import { checkViews } from "./check-views.ts";
import { checkChanges, checkShown } from "./check-words.ts";
import type { History } from "./history.ts";
import type { Log, LogConversation, LogEvent } from "./log.ts";
import type { Watched } from "./visitor.ts";

/*
 * Was every promise kept? Compares what everybody did and was told with the log and with what everybody sees in the end.
 * One walk over each, so that a long run is checked in the time it takes to read it.
 */

/** What a violation is counted as. */
export type Kind = "lost" | "doubled" | "holes" | "foreign" | "unseen" | "order" | "other";

export interface Violation {
  rule: string;
  kind: Kind;
  says: string;
  /** The message or conversation it is about, to tell its history by. */
  about?: string;
}

export interface Evidence {
  history: History;
  log: Log;
  visitors: readonly Watched[];
  agents: readonly Agent[];
  /** What the search found in the end, by the number of words. */
  searches: readonly Search[];
  /** Every text in the file. */
  texts: Iterable<{ table: string; text: string }>;
  /**
   * The log was put back on the way: what was acknowledged before stands elsewhere now, and only that it is there once
   * can be asked for.
   */
  restored: boolean;
}

/** What a search of a site's conversations found. */
export interface Search {
  site: string;
  number: string;
  found: readonly string[];
}

/** An event of the log, with where it lies. */
export interface Placed {
  conversation: LogConversation;
  stream: Stream;
  event: LogEvent;
}

export type Report = (violation: Violation) => void;

/** All that is wrong, the worst kinds first. */
export function check(evidence: Evidence): Violation[] {
  const violations: Violation[] = [];
  const report: Report = (violation) => violations.push(violation);
  const { history, log } = evidence;
  if (log.integrity !== "ok") report({ rule: "D1", kind: "other", says: `SQLite says: ${log.integrity}` });
  for (const { rule, person, says } of history.doubts) {
    report({
      rule,
      kind: rule === "D12" ? "foreign" : rule === "D16" ? "unseen" : "other",
      says: `${person}: ${says}`,
    });
  }
  const byId = checkNumbers(log, report);
  checkMessages(evidence, byId, report);
  checkViews(evidence, report);
  checkShown(evidence, report);
  checkChanges(evidence, report);
  checkAnswers(evidence, report);
  checkEpisodes(evidence, report);
  checkSnapshots(evidence, report);
  checkHearsay(evidence, byId, report);
  checkGone(evidence, byId, report);
  checkSearches(evidence, report);
  checkMarks(evidence, report);
  checkOrder(evidence, byId, report);
  if (!evidence.restored) {
    checkSyncs(history, report);
    checkClaims(evidence, byId, report);
  }
  return violations.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

const KINDS: readonly Kind[] = ["lost", "doubled", "foreign", "order", "holes", "other", "unseen"];

/** D2, D3: numbers without holes, up to the head, and no id twice. */
function checkNumbers(log: Log, report: Report): Map<string, Placed> {
  const byId = new Map<string, Placed>();
  for (const conversation of log.conversations.values()) {
    for (const stream of ["talk", "desk"] as const) {
      let due = 1;
      for (const event of conversation[stream]) {
        const where = `${stream} ${event.seq} of ${conversation.id}`;
        if (event.seq !== due)
          report({ rule: "D3", kind: "holes", says: `${where} stands where ${due} was due`, about: conversation.id });
        due = event.seq + 1;
        const twin = byId.get(event.id);
        if (twin) {
          const says = `${where} has the id of ${twin.stream} ${twin.event.seq} of ${twin.conversation.id}`;
          report({ rule: "D2", kind: "doubled", says, about: event.id });
        }
        byId.set(event.id, { conversation, stream, event });
      }
      const head = conversation.head[stream];
      if (head !== due - 1) {
        const says = `the head of ${stream} of ${conversation.id} says ${head}, its last event is ${due - 1}`;
        report({ rule: "D3", kind: "holes", says, about: conversation.id });
      }
    }
  }
  return byId;
}

/** D1, D2, D9: each acknowledged message lies where its acknowledgement said, once; none is there that nobody wrote. */
function checkMessages(evidence: Evidence, byId: ReadonlyMap<string, Placed>, report: Report): void {
  const { history, log, restored } = evidence;
  const owners = new Map<string, string>();
  for (const { name, ids } of evidence.visitors) for (const id of ids) owners.set(id, name);
  const waiting = new Set(evidence.visitors.flatMap(({ unsent }) => unsent.map(({ id }) => id)));
  const tookBack = new Set(evidence.agents.flatMap(({ takenBack }) => [...takenBack]));
  for (const written of history.written.values()) {
    const { id, person, n, text, acknowledged, refused } = written;
    const found = byId.get(id);
    const named = `${person}'s ${n}. message "${text.slice(0, 40)}"`;
    // Its conversation went with the log, and its visitor went on in another one: nowhere is a place for it.
    if (restored && refused?.code === "not-found" && !log.conversations.has(written.conversation)) continue;
    // Taken back before the log was put back: nobody offers it again.
    if (restored && !found && tookBack.has(id)) continue;
    if (acknowledged && !found) {
      report({ rule: "D1", kind: "lost", says: `${named} was acknowledged and is not in the log`, about: id });
      continue;
    }
    if (refused && found && !restored) {
      report({
        rule: "D9",
        kind: "other",
        says: `${named} was refused (${refused.code}) and is in the log`,
        about: id,
      });
    }
    if (refused && refused.code !== "stale" && !(restored && refused.code === "not-found")) {
      report({ rule: "D8", kind: "lost", says: `${named} was refused: ${refused.code} ${refused.message}`, about: id });
    }
    if (!acknowledged && !refused && !waiting.has(id)) {
      report({ rule: "D15", kind: "lost", says: `${named} was written, and nobody sends it any more`, about: id });
    }
    if (!acknowledged || !found || restored) continue;
    const { event } = acknowledged;
    if (event.seq !== found.event.seq || event.conversation !== found.conversation.id) {
      const says = `${named} was acknowledged as ${event.stream} ${event.seq} of ${event.conversation} and stands at ${found.event.seq} of ${found.conversation.id}`;
      report({ rule: "D1", kind: "lost", says, about: id });
    }
  }
  const texts = new Map<string, string>();
  for (const [id, { conversation, stream, event }] of byId) {
    if (event.type !== "posted" && event.type !== "noted") continue;
    const where = `${stream} ${event.seq} of ${conversation.id}`;
    const written = history.written.get(event.id);
    if (!written) {
      report({ rule: "D9", kind: "foreign", says: `nobody wrote ${where}: ${JSON.stringify(event.body)}`, about: id });
      continue;
    }
    if (!event.body.gone && event.body.text !== written.text) {
      report({
        rule: "D9",
        kind: "other",
        says: `${where} reads ${JSON.stringify(event.body.text)}, not "${written.text}"`,
        about: id,
      });
    }
    const twin = texts.get(written.text);
    if (twin)
      report({
        rule: "D2",
        kind: "doubled",
        says: `"${written.text}" stands twice, at ${twin} and ${where}`,
        about: id,
      });
    texts.set(written.text, where);
    const owner = owners.get(conversation.visitor);
    if (event.kind === "visitor" ? owner !== written.person : conversation.id !== written.conversation) {
      report({
        rule: "D9",
        kind: "foreign",
        says: `${written.person} wrote "${written.text}", and it lies with ${owner}`,
        about: id,
      });
    }
  }
  for (const { command, outcome, event, person } of history.ops) {
    if (restored || outcome !== "ok" || !event || "id" in command) continue;
    const stored = log.conversations.get(event.conversation)?.[event.stream][event.seq - 1];
    if (stored?.id === event.id) continue;
    report({
      rule: "D1",
      kind: "lost",
      says: `${person}'s ${command.type} was acknowledged as ${event.stream} ${event.seq} of ${event.conversation} and is not there`,
      about: event.conversation,
    });
  }
}
