import { setImmediate as nextTurn } from "node:timers/promises";
import * as versions from "../../store/article-versions.ts";
import * as store from "../../store/articles.ts";
import { toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import { collatorOf } from "./collators.ts";
import type { HelpEntry } from "./help-centre.ts";

/** The public articles of one site as they are listed, by language and title, and how far their changes were read. */
export interface HelpEntries {
  version: number;
  list: HelpEntry[];
  byKey: Map<number, HelpEntry>;
}

/** Articles read and put into their places at one go, so that thousands hold up nobody's message. */
const CHUNK = 100;

export function noEntries(): HelpEntries {
  return { version: 0, list: [], byKey: new Map() };
}

/** Reads what changed up to a version, and drops what is gone: one article that was saved costs one. */
export async function catchUp(port: Store, site: number, entries: HelpEntries, version: number): Promise<void> {
  for (let to = versions.after(entries.version); ; ) {
    const rows = await port.read((db) => versions.headsSince(db, site, to, CHUNK));
    drop(
      entries,
      rows.map(({ id }) => id),
    );
    for (const row of rows) {
      to = row;
      if (row.state !== "published" || row.visibility !== "public") continue;
      const entry = toEntry(row);
      entries.byKey.set(row.id, entry);
      entries.list.splice(placeFor(entry, entries.list), 0, entry);
    }
    await nextTurn();
    if (rows.length < CHUNK) break;
  }
  const there = new Set(await port.read((db) => store.keysOf(db, site)));
  drop(
    entries,
    [...entries.byKey.keys()].filter((key) => !there.has(key)),
  );
  entries.version = version;
  // Whoever lays out the shelf goes through all of them once more.
  await nextTurn();
}

function drop(entries: HelpEntries, keys: readonly number[]): void {
  const gone = new Set(keys.flatMap((key) => entries.byKey.get(key) ?? []));
  if (gone.size === 0) return;
  for (const key of keys) entries.byKey.delete(key);
  entries.list = entries.list.filter((entry) => !gone.has(entry));
}

/** By halves: comparing titles as their readers sort them is the dear part. */
function placeFor(entry: HelpEntry, list: readonly HelpEntry[]): number {
  let from = 0;
  let to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = list[middle];
    if (other && compare(other, entry) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function compare(a: HelpEntry, b: HelpEntry): number {
  if (a.locale !== b.locale) return a.locale < b.locale ? -1 : 1;
  return collatorOf(a.locale).compare(a.title, b.title) || (a.id < b.id ? -1 : 1);
}

function toEntry(row: versions.ShelfRow): HelpEntry {
  return {
    id: toId(row.uid),
    group: toId(row.grp),
    slug: row.slug,
    locale: row.locale,
    title: row.title,
    excerpt: row.excerpt,
    category: row.category ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
