import { refuse } from "../../../protocol/faults.ts";
import type { Conversation, Event, VisitorId } from "../../../protocol/index.ts";
import type { Clock } from "../../clock.ts";
import { touch } from "../../store/article-versions.ts";
import { byKey } from "../../store/conversations.ts";
import * as store from "../../store/erasure.ts";
import { forgetQuestions, notedOf } from "../../store/erasure-questions.ts";
import { KINDS, STREAMS } from "../../store/events.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import type { AgentActor, VisitorActor } from "../actors.ts";
import { DAY_MS } from "../articles/heat-days.ts";
import { type ConversationRecord, fromRow } from "../conversations/conversation-record.ts";
import { append, type Draft, SYSTEM } from "../conversations/log.ts";
import { withoutPersonal } from "../privacy.ts";
import type { Publish } from "../publish.ts";
import { isId, type Sites } from "../sites/sites.ts";
import { audit } from "./audit.ts";
import { atLeast } from "./recognition.ts";

const QUESTION_LENGTH = 300;

/** Something else that is kept of visitors, and how it goes: files, mail. Runs in the erasing transaction. */
export type Eraser = (db: Db, of: { visitor: number; conversations: readonly number[] }) => Promise<void>;

/**
 * The right to be forgotten. Whoever is erased is gone from every answer when it resolves: their name and address, all
 * that was said in their conversations, what was learned and noted from it, and the full-text index. What stays is that
 * there was a conversation, when, and how it ended. The database file is cleaned behind it.
 */
export interface Erasure {
  /** For owners and admins. Erased again, nothing changes. */
  erase(by: AgentActor, visitor: string): Promise<void>;
  /** Cleans the file where an erasure left that to do: after a crash, or while somebody held it. */
  finish(): Promise<void>;
  /** Called with the integer key of who was erased: their connections end. */
  onErased(listener: (visitor: number) => void): void;
}

export interface ErasureParts {
  store: Store;
  clock: Clock;
  sites: Sites;
  publish: Publish;
  /** Makes sure that nothing of what was deleted is left in the file. */
  scrub?: (() => Promise<void>) | undefined;
  erasers?: readonly Eraser[];
}

export function createErasure(parts: ErasureParts): Erasure {
  const { store: port, clock, sites, publish, scrub, erasers = [] } = parts;
  const listeners = new Set<(visitor: number) => void>();
  let tail: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  /** One cleaning after another; whoever comes while one runs shares the next. */
  const clean = () => {
    next ??= tail.then(async () => {
      next = undefined;
      if (!scrub || !(await port.read(store.isPending))) return;
      await scrub();
      await port.write((db) => store.setPending(db, false));
    });
    tail = next.catch(() => undefined);
    return next;
  };

  return {
    async erase(by, id) {
      const { visitor, told } = await port.write(async (db) => {
        const row = isId(id) ? await store.visitorByUid(db, toBytes(id)) : undefined;
        if (!row || !by.sites.has(row.site)) return refuse("not-found", "No such visitor");
        if (!atLeast(by.role, "admin")) return refuse("forbidden", "Only owners and admins erase visitors");
        const site = await sites.byKey(row.site);
        if (!site) return refuse("not-found", "No such visitor");
        await store.overwriteDeleted(db);
        const records = (await store.allOf(db, row.id)).map(fromRow);
        const conversations = records.map(({ key }) => key);
        const texts = new Map<string, number>();
        const ends: { key: number; stored: Event[] }[] = [];
        for (const record of records) {
          for (const [text, at] of await textsOf(db, record, row.name))
            texts.set(text, Math.min(at, texts.get(text) ?? at));
          ends.push({ key: record.key, stored: await empty(db, record, clock.now()) });
        }
        const source = { site: row.site, visitor: row.id, conversations, texts };
        for (const article of await forgetQuestions(db, source)) await touch(db, article);
        for (const eraser of erasers) await eraser(db, { visitor: row.id, conversations });
        await store.emptyVisitor(db, row.id);
        await audit(db, clock.now(), by, { action: "visitor.erased", site: row.site, target: id });
        await store.setPending(db, true);
        const card = { id: toId<VisitorId>(row.uid), verified: false };
        const visitor: VisitorActor = { key: row.id, id: card.id, site: { key: site.key, id: site.id }, card };
        const told = [];
        for (const { key, stored } of ends) {
          const after = await byKey(db, key);
          if (after) told.push({ record: fromRow(after), stored });
        }
        return { visitor, told };
      });
      for (const { record, stored } of told) publish.stored(record, stored);
      publish.changed(
        visitor,
        told.map(({ record }) => record),
      );
      for (const listener of listeners) listener(visitor.key);
      // They are gone from every answer; a file that cannot be cleaned now is cleaned by the clock.
      await clean().catch(() => undefined);
    },
    finish: clean,
    onErased: (listener) => void listeners.add(listener),
  };
}

/** The words in which a visitor asked, as they are kept where something was learned, noted or drafted from them, and when. */
async function textsOf(db: Db, { key, view }: ConversationRecord, name: string | null): Promise<[string, number][]> {
  const said = (await store.worded(db, key)).filter(({ kind, type }) => kind === KINDS.visitor && type === "posted");
  const words = said.flatMap(({ body, at }) => {
    const { text, asked } = JSON.parse(body) as { text: string; asked?: { q: string } };
    return [text, asked?.q ?? ""]
      .flatMap((words) => [withoutPersonal(words), withoutPersonal(words, [name ?? undefined])])
      .map((words): [string, number] => [words.slice(0, QUESTION_LENGTH).toWellFormed(), at]);
  });
  // What was noted had the name taken out that they went by then.
  for (const { text, day } of await notedOf(db, key))
    words.push([text, Math.max(Date.parse(view.openedAt), day * DAY_MS)]);
  // An article's questions are trimmed once more.
  return words
    .flatMap(([text, at]): [string, number][] => [
      [text, at],
      [text.trim(), at],
    ])
    .filter(([text]) => text !== "");
}

/** Ends a conversation, says of each message that it is gone, and takes the words out of all that was stored before. */
async function empty(db: Db, record: ConversationRecord, now: number): Promise<Event[]> {
  const rows = await store.worded(db, record.key);
  const drafts: Draft[] = [];
  if (record.view.snoozedUntil !== undefined) drafts.push({ type: "woken" });
  if (record.view.status !== "resolved") drafts.push({ type: "resolved", episode: record.view.episode });
  for (const { stream, seq, type, body } of rows) {
    const { gone } = JSON.parse(body) as { gone?: true };
    if (stream === STREAMS.talk && type === "posted" && !gone) drafts.push({ type: "redacted", target: seq });
  }
  const stored = await append(db, record, SYSTEM, now, drafts);
  for (const row of rows) await store.putBody(db, record.key, row, emptied(row));
  const { latest, survey } = record.view;
  await store.emptyConversation(db, record.key, latestOf(latest), surveyOf(survey));
  return stored;
}

/** What of an event's body is no words: which article was sent, how satisfied somebody was. */
function emptied({ type, body }: store.Worded): object {
  const {
    text: _text,
    comment: _comment,
    page: _page,
    asked: _asked,
    tracked: _tracked,
    files: _files,
    mentions: _mentions,
    ...rest
  } = JSON.parse(body) as Record<string, unknown>;
  if (type === "rated") return rest;
  return { ...rest, text: "", ...(type === "posted" && { gone: true }) };
}

function latestOf(latest: Conversation["latest"]): string | null {
  if (!latest) return null;
  const { name, ...rest } = latest;
  return JSON.stringify({ ...rest, ...(name !== undefined && latest.by !== "visitor" && { name }), text: "" });
}

function surveyOf(survey: Conversation["survey"]): string | null {
  if (!survey?.answer) return survey ? JSON.stringify(survey) : null;
  const { comment: _comment, ...answer } = survey.answer;
  return JSON.stringify({ ...survey, answer });
}
