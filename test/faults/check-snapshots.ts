import { isDeepStrictEqual } from "node:util";
import type { Evidence, Report } from "./check.ts";
import type { Shown, Snapshot } from "./hearsay.ts";
import { numbersIn } from "./hearsay.ts";
import type { LogConversation, LogEvent } from "./log.ts";

/*
 * D11: however a conversation was told to stand, in a greeting, a row or a list, its log stood so at that head. Folded
 * here by other code than the product's own, which makes both.
 */

/** What follows from `talk` up to a place. */
interface TalkState {
  readonly resolved: boolean;
  readonly episode: number;
  readonly joined: string | null;
  readonly latest: { readonly seq: number; readonly text: string } | null;
  readonly subject: string | null;
  readonly survey: Shown["survey"];
}

/** What follows from `desk` up to a place. */
interface DeskState {
  readonly assignee: string | null;
  readonly tags: readonly string[];
  readonly snoozed: boolean;
}

export function checkSnapshots({ history, log }: Evidence, report: Report): void {
  const words = new Map<string, string>([...history.written.values()].map(({ id, text }) => [id, text]));
  for (const { command, event } of history.ops)
    if (command.type === "edit" && event?.type === "edited") words.set(event.id, command.text);
  for (const [id, snapshots] of Map.groupBy(history.hearsay.snapshots, ({ id }) => id)) {
    const conversation = log.conversations.get(id);
    if (!conversation) {
      report({
        rule: "D9",
        kind: "foreign",
        says: `${snapshots[0]?.person} was told of ${id}, which is not in the log`,
        about: id,
      });
      continue;
    }
    const talk = states(conversation.talk, NO_TALK, (state, event) => afterTalk(state, event, words.get(event.id)));
    const desk = states(conversation.desk, NO_DESK, afterDesk);
    for (const snapshot of snapshots) compare(conversation, snapshot, talk, desk, report);
  }
}

/** Rules of the log that no single event shows: episodes in order, and who joined is who was assigned. */
export function checkEpisodes({ log }: Evidence, report: Report): void {
  const open = new Map<string, string>();
  for (const conversation of log.conversations.values()) {
    const { id, talk, desk, visitor } = conversation;
    const wrong = (seq: number, says: string) =>
      report({ rule: "contract", kind: "other", says: `talk ${seq} of ${id}: ${says}`, about: id });
    let state = NO_TALK;
    for (const [index, event] of talk.entries()) {
      const { type, seq, kind, body } = event;
      const { episode } = body;
      if (type === "resolved") {
        const next = talk[index + 1];
        if (state.resolved || episode !== state.episode)
          wrong(seq, `episode ${episode} is resolved in ${state.episode}`);
        if (next?.type !== "asked" || next.body.episode !== episode) wrong(seq, "nobody is asked how it was");
      }
      if (type === "reopened" && (!state.resolved || episode !== state.episode + 1))
        wrong(seq, `episode ${episode} begins in ${state.episode}, which is ${state.resolved ? "resolved" : "open"}`);
      if (type === "rated" && (kind !== "visitor" || state.survey?.episode !== episode))
        wrong(seq, `episode ${episode} is rated, and ${state.survey?.episode ?? "none"} was asked about`);
      if (type === "posted" && kind === "visitor" && state.resolved) wrong(seq, "a visitor's message left it resolved");
      state = afterTalk(state, event, undefined);
    }
    const joined = talk.flatMap(({ type, body }) => (type === "joined" ? [body.agent?.id] : []));
    const assigned = desk.flatMap(({ type, body }) => (type === "assigned" && body.agent ? [body.agent.id] : []));
    if (!isDeepStrictEqual(joined, assigned)) wrong(talk.length, `${joined} joined, and ${assigned} were assigned`);
    if (state.resolved) continue;
    const other = open.get(visitor);
    if (other) wrong(talk.length, `its visitor has ${other} open as well`);
    open.set(visitor, id);
  }
}

const NO_TALK: TalkState = { resolved: false, episode: 1, joined: null, latest: null, subject: null, survey: null };
const NO_DESK: DeskState = { assignee: null, tags: [], snoozed: false };

/** By place, from none on. */
function states<T>(events: readonly LogEvent[], first: T, after: (state: T, event: LogEvent) => T): T[] {
  const all = [first];
  for (const event of events) all.push(after(all.at(-1) as T, event));
  return all;
}

/** `words`: what it was written with, for the log may have none any more. */
function afterTalk(state: TalkState, { type, seq, body }: LogEvent, words: string | undefined): TalkState {
  const { target = 0, episode = 0, solved = null, rating = null, agent } = body;
  const text = words ?? body.text ?? "";
  switch (type) {
    case "posted":
      return { ...state, latest: { seq, text }, subject: seq === 1 ? text : state.subject };
    case "edited":
      return state.latest?.seq === target ? { ...state, latest: { seq: target, text } } : state;
    case "redacted":
      return state.latest?.seq === target ? { ...state, latest: { seq: target, text: "" } } : state;
    case "joined":
      return { ...state, joined: agent?.id ?? null };
    case "resolved":
      return { ...state, resolved: true };
    case "reopened":
      return { ...state, resolved: false, episode, survey: state.survey?.solved === null ? null : state.survey };
    case "asked":
      return { ...state, survey: { episode, solved: null, rating: null } };
    case "rated":
      return state.survey?.episode === episode ? { ...state, survey: { episode, solved, rating } } : state;
    default:
      return state;
  }
}

function afterDesk(state: DeskState, { type, body }: LogEvent): DeskState {
  const { agent, add = [], remove = [] } = body;
  switch (type) {
    case "assigned":
      return { ...state, assignee: agent?.id ?? null };
    case "tagged":
      return { ...state, tags: [...new Set([...state.tags.filter((tag) => !remove.includes(tag)), ...add])].sort() };
    case "snoozed":
      return { ...state, snoozed: true };
    case "woken":
      return { ...state, snoozed: false };
    default:
      return state;
  }
}

function compare(
  conversation: LogConversation,
  { person, side, head, shows }: Snapshot,
  talk: readonly TalkState[],
  desk: readonly DeskState[],
  report: Report,
): void {
  const { id } = conversation;
  const where = `${person} was told of ${id} at talk ${head.talk}${side === "agent" ? `, desk ${head.desk}` : ""}`;
  const said = talk[head.talk];
  const done = desk[head.desk ?? 0];
  if (!said || !done) {
    const says = `${where}, and the log ends at ${conversation.head.talk}, ${conversation.head.desk}`;
    report({ rule: "D1", kind: "lost", says, about: id });
    return;
  }
  const { latest, subject, survey } = said;
  const agents = side === "agent";
  const due: Shown = {
    status: said.resolved ? "resolved" : agents && done.snoozed ? "snoozed" : "open",
    episode: said.episode,
    assignee: agents ? done.assignee : said.joined,
    tags: agents ? done.tags : null,
    latest,
    subject,
    survey,
  };
  for (const field of Object.keys(due) as (keyof Shown)[]) {
    if (same(due[field], shows[field])) continue;
    const says = `${where} that ${field} is ${JSON.stringify(shows[field])}, and it was ${JSON.stringify(due[field])}`;
    report({ rule: "D11", kind: "other", says, about: id });
  }
}

/** Words that bear no number of ours are shortened before they are shown: only their place is compared. */
function same(due: Shown[keyof Shown], shown: Shown[keyof Shown]): boolean {
  if (isDeepStrictEqual(due, shown)) return true;
  const text = (value: typeof due) =>
    typeof value === "string"
      ? value
      : value !== null && typeof value === "object" && "text" in value
        ? value.text
        : "";
  const long = text(due);
  return long.length > SHORTENED_LENGTH && numbersIn(long).length === 0;
}

const SHORTENED_LENGTH = 90;
