import type { Event } from "../../protocol/index.ts";
import type { Clock } from "../clock.ts";
import { type ConversationRecord, fromRow } from "../desk/conversations/conversation-record.ts";
import { toEvent } from "../desk/conversations/log.ts";
import type { Site, Sites } from "../desk/sites/sites.ts";
import { byKey } from "../store/conversations.ts";
import { listAfter, STREAMS } from "../store/events.ts";
import { countTo, isConfirmed, noticeOf, putNotice, unseen } from "../store/mail.ts";
import type { Db, Store } from "../store/port.ts";
import { siteKeys } from "../store/sites.ts";
import { messagesOf } from "./messages.ts";
import { mailLocale, mailSentences } from "./sentences.ts";
import type { Stops } from "./stops.ts";
import type { Writing } from "./writing.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NOTICE_AFTER_MINUTES = 5;
/** Between two notices of one conversation. */
const APART_MS = 10 * MINUTE_MS;
/** Whoever has not looked after so many is not written to again before they do. */
const UNREAD_LIMIT = 3;
const DAILY_TO_PROVED = 20;
/** An address that nobody proved may be somebody else's: they get little, and none of the visitor's own words. */
const DAILY_TO_SAID = 4;
/** What was missed while the server stood still is found again so far back. */
const LOOK_BACK_MS = DAY_MS;
const EVENTS = 200;

/** Answers that the visitor did not see go to them by mail. */
export interface Notices {
  stored(record: ConversationRecord, events: readonly Event[]): void;
  read(record: ConversationRecord, seq: number): void;
  /** They said where to answer. */
  changed(records: readonly ConversationRecord[]): void;
  /** Finds what waited when the server last stopped. */
  recover(): Promise<void>;
  /** Writes what is due. */
  look(): Promise<void>;
}

export function createNotices(parts: {
  store: Store;
  clock: Clock;
  sites: Sites;
  writing: Writing;
  stops: Stops;
  home(): string | undefined;
}): Notices {
  const { store, clock, sites, writing, stops, home } = parts;
  /** Conversations with something unseen, and when to look at them. */
  const due = new Map<number, number>();

  const later = (key: number, at: number) => {
    if (at < (due.get(key) ?? Number.POSITIVE_INFINITY)) due.set(key, at);
  };

  async function look(db: Db, key: number): Promise<number | undefined> {
    const now = clock.now();
    const row = await byKey(db, key);
    const site = row && (await sites.byKey(row.site));
    const address = row?.visitor_email;
    if (!row || !site || !address) return undefined;
    const after = noticeAfter(site);
    if (after === 0) return undefined;
    const record = fromRow(row);
    const before = await noticeOf(db, key);
    const seen = Math.max(row.read_visitor, before?.seq ?? 0);
    const rows = await listAfter(db, key, STREAMS.talk, seen, EVENTS);
    const events = rows.map((one) => toEvent(one, record));
    const missed = events.filter((event) => event.type === "posted" && event.by.kind === "agent" && !event.gone);
    const [first] = missed;
    const last = missed.at(-1);
    if (!first || !last) return undefined;
    const wait = Date.parse(first.at) + after - now;
    if (wait > 0) return now + wait;
    const unread = before && row.read_visitor < before.seq ? before.unread : 0;
    if (unread >= UNREAD_LIMIT) return undefined;
    if (before && now < before.at + APART_MS) return before.at + APART_MS;
    const proved = row.visitor_verified === 1 || (await isConfirmed(db, row.visitor, address));
    const today = await countTo(db, address, "notice", now - DAY_MS);
    if (today >= (proved ? DAILY_TO_PROVED : DAILY_TO_SAID) || (await stops.stopped(db, site, address)))
      return undefined;

    const locale = mailLocale([row.locale ?? undefined, site.settings.locales[0]]);
    const t = mailSentences(locale);
    const name = last.by.name ?? t.someone;
    const page = pageOf(record, site);
    const stop = `${home() ?? ""}${stops.path(site, address)}`;
    const zone = site.settings.hours?.zone ?? "UTC";
    const edits = events.filter(({ type }) => type === "edited" || type === "redacted");
    await writing.put(
      db,
      { site, visitor: row.visitor, address, kind: "notice" },
      {
        locale,
        subject: t.noticeSubject(name, site.name),
        parts: [
          { kind: "text", text: t.noticeLead(name, site.name) },
          ...messagesOf([...missed, ...edits], { t, locale, zone }),
          ...(page ? [{ kind: "link", text: t.noticeBack, url: page } as const] : []),
        ],
        foot: [t.noticeWhy(site.name), { text: t.stop, url: stop }],
        unsubscribe: stop,
      },
    );
    await putNotice(db, key, { seq: last.seq, unread: unread + 1, at: now });
    return undefined;
  }

  return {
    stored(record, events) {
      const wrote = events.some(({ type, by }) => type === "posted" && by.kind === "agent");
      if (wrote) later(record.key, clock.now());
    },
    read(record, seq) {
      if (seq >= record.view.head.talk) due.delete(record.key);
    },
    changed(records) {
      for (const { key, view } of records) if (view.read.visitor < view.head.talk) later(key, clock.now());
    },
    async recover() {
      for (const site of await store.read(siteKeys)) {
        const keys = await store.read((db) => unseen(db, site, clock.now() - LOOK_BACK_MS));
        for (const key of keys) later(key, clock.now());
      }
    },
    async look() {
      for (const [key, at] of [...due]) {
        if (at > clock.now()) continue;
        due.delete(key);
        const again = await store.write((db) => look(db, key));
        if (again !== undefined) later(key, again);
      }
    },
  };
}

function noticeAfter({ settings }: Site): number {
  return (settings.mail?.noticeAfter ?? NOTICE_AFTER_MINUTES) * MINUTE_MS;
}

/** Where the conversation was, as a link: only on the site's own pages, since the visitor's browser told us. */
function pageOf({ view }: ConversationRecord, site: Site): string | undefined {
  const url = view.page?.url;
  if (!url || !URL.canParse(url)) return undefined;
  const { origin, pathname, search } = new URL(url);
  return site.origins.includes(origin) ? origin + pathname + search : undefined;
}
