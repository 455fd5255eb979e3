import { type Event, refuse } from "../../../protocol/index.ts";
import { lettersOf } from "../../../ui/letters.ts";
import type { Clock } from "../../clock.ts";
import * as articles from "../../store/articles.ts";
import * as events from "../../store/events.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import * as questions from "../../store/questions.ts";
import * as store from "../../store/searches.ts";
import { groupByMeaning } from "../../suggest/group.ts";
import type { AgentActor } from "../actors.ts";
import type { ConversationRecord } from "../conversations/conversation-record.ts";
import { withoutPersonal } from "../privacy.ts";
import { isId, type Site, type Sites } from "../sites/sites.ts";
import type { Heat } from "./heat.ts";
import { dayOf } from "./heat-days.ts";
import { settled } from "./learning.ts";
import { type Draft, draftFrom, localeFor } from "./searches-draft.ts";
import { createTypedSearches, type Typed } from "./searches-typed.ts";
import type { Suggestions } from "./suggestions.ts";

const SHOWN_DAYS = 14;
/** "Not for us" is remembered for so long, so that the same question does not come back tomorrow. */
const KEPT_DAYS = 90;
/** The newest so many are grouped, with so many wordings of what was put away, however old. */
const MOST_GROUPED = 1_000;
const MOST_DISMISSED = 1_000;
const MOST_SHOWN = 100;
const QUESTION_LENGTH = 300;
/** Fewer letters are half a word, or a greeting. */
const LEAST_LETTERS = 8;
const WORDINGS = 5;
/** A question comes in the first few messages, or the conversation is about something else by now. */
const FIRST_EVENTS = 10;
/** So many conversations say how agents answer it. */
const DRAFTED_FROM = 5;

/** One thing that people asked and no article answered. */
export interface UnansweredQuestion {
  /** Of all that was asked so: what the actions take. */
  ids: string[];
  text: string;
  /** Other words in which it was asked. */
  wordings: string[];
  locale: string;
  people: number;
  /** How many of them asked it in a conversation. */
  asked: number;
  /** More people in the last week than in the one before. */
  rising: boolean;
  /** A draft in which somebody is writing the answer. */
  draft?: string;
}

/** What to write next: questions that found nothing, grouped by meaning. */
export interface Searches {
  /** A visitor typed this, and this was shown. */
  typed(site: Site, search: Omit<Typed, "site">): void;
  /** Something was stored in a conversation. */
  heard(record: ConversationRecord, stored: readonly Event[]): void;
  /** Takes what is still being typed as finished, and waits until all is stored. */
  settle(): Promise<void>;
  unanswered(by: AgentActor, site: string): Promise<UnansweredQuestion[]>;
  /** How agents answered it, as the beginning of an article. */
  draft(by: AgentActor, site: string, ids: readonly string[]): Promise<Draft>;
  /** An article answers it: learned at once. */
  link(by: AgentActor, site: string, ids: readonly string[], article: string): Promise<void>;
  /** Nobody is to write about it; or, with `undo`, somebody is after all. */
  dismiss(by: AgentActor, site: string, ids: readonly string[], undo?: boolean): Promise<void>;
}

export interface SearchesParts {
  store: Store;
  clock: Clock;
  sites: Sites;
  suggestions: Suggestions;
  heat: Heat;
}

export function createSearches({ store: port, clock, sites, suggestions, heat }: SearchesParts): Searches {
  const under = new Set<Promise<void>>();
  let cleared = 0;

  /** A figure more or less: nobody waits for it, or fails with it. */
  const aside = (work: Promise<void>) => {
    const done = work.catch(() => undefined).finally(() => under.delete(done));
    under.add(done);
  };

  /** As it is kept, where nothing answered it. */
  const askedOf = ({ site, q, locale, found }: Typed): store.Asked | undefined => {
    const text = cut(withoutPersonal(q));
    if (found !== undefined || lettersOf(text) < LEAST_LETTERS) return undefined;
    return { site, day: dayOf(clock.now()), locale, text };
  };

  const typing = createTypedSearches(
    (now, was) => {
      if (now?.found !== undefined && now.found !== was?.found) heat.count(now.found, "searches");
      const [to, from] = [now && askedOf(now), was && askedOf(was)];
      if (to || from) aside(port.write((db) => store.countSearch(db, to, from)));
    },
    () => dayOf(clock.now()),
  );

  const listen = (record: ConversationRecord, event: Event) => {
    if (event.type !== "posted") return;
    if (event.by.kind === "agent" && event.article) heat.count(event.article.id, "links");
    if (event.by.kind !== "visitor") return;
    typing.sent(record.siteKey, event.text);
    // Before anything is put aside: every message passes here, and hardly any is a first one.
    if (record.view.episode > 1 || event.seq <= FIRST_EVENTS) aside(note(record, event));
  };

  const note = async (record: ConversationRecord, event: Extract<Event, { type: "posted" }>) => {
    if (!(await isFirst(record, event.seq))) return;
    const text = cut(withoutPersonal(event.text, [record.view.visitor.name]));
    const site = await sites.byKey(record.siteKey);
    if (!site || lettersOf(text) < LEAST_LETTERS) return;
    const locale = event.locale ?? record.view.locale ?? "";
    const { abstained } = await suggestions.forVisitor(site, { q: text, locale: locale || undefined });
    if (!abstained) return;
    const asked = { site: site.key, day: dayOf(clock.now()), locale, text };
    await port.write((db) => store.putMessage(db, asked, record.key));
  };

  /** Whether it is the question of its episode: nothing but greetings came before. */
  const isFirst = ({ key }: ConversationRecord, seq: number) =>
    port.read(async (db) => {
      const from = Math.max(0, seq - 1 - FIRST_EVENTS);
      const near = await events.listAfter(db, key, events.STREAMS.talk, from, FIRST_EVENTS);
      const began = near.findLastIndex((row) => row.type === "reopened" && row.seq < seq);
      if (began < 0 && from > 0) return false;
      const rows = near.slice(began + 1);
      return !rows.some(
        ({ seq: at, type, kind, body }) =>
          at < seq &&
          type === "posted" &&
          (kind === events.KINDS.agent || lettersOf((JSON.parse(body) as { text: string }).text) >= LEAST_LETTERS),
      );
    });

  const rowsOf = async (by: AgentActor, id: string, ids: readonly string[]) => {
    const site = await sites.forAgent(by, id);
    const rows = await port.read((db) => store.byKeys(db, site.key, ids.map(Number)));
    return { site, rows: rows.length > 0 ? rows : refuse("not-found", "No such question") };
  };

  return {
    typed: (site, search) => typing.type({ ...search, site: site.key }),
    heard(record, stored) {
      for (const event of stored) listen(record, event);
    },
    async settle() {
      typing.settle();
      while (under.size > 0) await Promise.all(under);
    },
    async unanswered(by, id) {
      const site = await sites.forAgent(by, id);
      const today = dayOf(clock.now());
      if (today !== cleared) {
        cleared = today;
        await port.write((db) => store.forgetBefore(db, today - KEPT_DAYS));
      }
      const { rows, dismissed } = await port.read(async (db) => ({
        rows: await store.openSince(db, site.key, today - SHOWN_DAYS + 1, MOST_GROUPED),
        dismissed: await store.dismissedSince(db, site.key, today - KEPT_DAYS, MOST_DISMISSED),
      }));
      const groups = (await grouped(rows, dismissed))
        .map((group) => ({ ...questionOf(group, today), texts: textsOf(group) }))
        .sort((one, other) => other.people - one.people)
        .slice(0, MOST_SHOWN);
      const open: typeof groups = [];
      for (const group of groups) {
        // Somebody may have written it since.
        const { abstained } = await suggestions.forVisitor(site, { q: group.text, locale: group.locale || undefined });
        if (abstained) open.push(group);
      }
      const drafts = await port.read((db) =>
        store.draftsOf(
          db,
          site.key,
          open.flatMap(({ texts }) => texts),
        ),
      );
      return open.map(({ texts, ...question }) => {
        // Begun when it was asked in other words, perhaps: those that are asked most change by the day.
        const [draft] = texts.flatMap((text) => drafts.get(text) ?? []);
        return draft ? { ...question, draft: toId(draft) } : question;
      });
    },
    async draft(by, id, ids) {
      const { site, rows } = await rowsOf(by, id, ids);
      const talks = [...new Set(rows.flatMap(({ conversation }) => conversation ?? []))].slice(-DRAFTED_FROM);
      const [first] = rows;
      const draft = await port.read((db) => draftFrom(db, talks, textsOf(rows)));
      return { ...draft, locale: localeFor(site, first?.locale || draft.locale) };
    },
    async link(by, id, ids, article) {
      const { site, rows } = await rowsOf(by, id, ids);
      await port.write(async (db) => {
        const found = isId(article) ? await articles.byUid(db, toBytes(article)) : undefined;
        if (found?.site !== site.key) return refuse("not-found", "No such article", { field: "article" });
        if (found.visibility !== "public" || found.state !== "published")
          return refuse("invalid", "Visitors cannot read this article", { field: "article" });
        for (const { id: key, text, conversation } of rows) {
          // Whose words they are must be known when they are erased; a search is nobody's.
          const lesson = `${conversation === null ? "" : `conversation ${conversation} `}unanswered ${key}`;
          const at = clock.now();
          await questions.learn(db, { article: found.id, text, weight: 1, origin: "link", lesson, at });
        }
        const keys = rows.map(({ id: key }) => key);
        await store.remove(db, keys);
        await settled(db, found.id, clock.now());
      });
    },
    async dismiss(by, id, ids, undo = false) {
      const { rows } = await rowsOf(by, id, ids);
      const keys = rows.map(({ id: key }) => key);
      await port.write((db) => store.dismiss(db, keys, undo ? 0 : 1));
    },
  };
}

/** By language, for words of two have nothing in common; without what means the same as something that was put away. */
async function grouped(
  rows: readonly store.OpenRow[],
  dismissed: readonly store.Dismissed[],
): Promise<store.OpenRow[][]> {
  const groups: store.OpenRow[][] = [];
  const all = [...rows.map((row) => ({ ...row, row })), ...dismissed.map((gone) => ({ ...gone, row: undefined }))];
  for (const [, some] of Map.groupBy(all, ({ locale }) => locale.split("-", 1)[0])) {
    const said = some.map(({ text, locale, people, row }) => ({
      text,
      locale: locale || undefined,
      count: people,
      row,
    }));
    for (const group of await groupByMeaning(said)) {
      const open = group.flatMap(({ row }) => row ?? []);
      if (open.length === group.length) groups.push(open);
    }
  }
  return groups;
}

function questionOf(group: readonly store.OpenRow[], today: number): UnansweredQuestion {
  const [first] = group;
  const [recent, before] = [
    peopleOf(group.filter(({ day }) => day > today - SHOWN_DAYS / 2)),
    peopleOf(group.filter(({ day }) => day <= today - SHOWN_DAYS / 2)),
  ];
  return {
    ids: group.map(({ id }) => String(id)),
    text: first?.text ?? "",
    wordings: textsOf(group).slice(1, 1 + WORDINGS),
    locale: first?.locale ?? "",
    people: peopleOf(group),
    asked: peopleOf(group.filter(({ conversation }) => conversation !== null)),
    rising: recent > before && before > 0,
  };
}

/** Whoever asks once more, in another conversation or one that was taken up again, is the same person. */
function peopleOf(rows: readonly store.OpenRow[]): number {
  const known = new Set(rows.flatMap(({ visitor }) => visitor ?? []));
  const searched = rows.filter(({ visitor }) => visitor === null);
  return known.size + searched.reduce((sum, { people }) => sum + people, 0);
}

/** Each way in which it was asked once, in the order of the rows. */
function textsOf(group: readonly store.UnansweredRow[]): string[] {
  return [...new Set(group.map(({ text }) => text))];
}

function cut(text: string): string {
  return text.slice(0, QUESTION_LENGTH).toWellFormed();
}
