import { isDeepStrictEqual } from "node:util";
import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import * as articles from "../../store/articles.ts";
import * as store from "../../store/collections.ts";
import { mintId, toBytes } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import type { Site } from "../sites/sites.ts";
import type { Outcome } from "./articles-save.ts";
import { type CollectionNames, type NamesInput, renamed } from "./collection-names.ts";

/** A collection as a folder of articles holds it. */
export interface CollectionLine extends NamesInput {
  visibility: "public" | "internal";
  /** The articles in their order, by what they were imported from. */
  articles: readonly { locale: string; source: string }[];
}

/**
 * Takes the collections of a folder into one site, once its articles are there. One for visitors may hold what became
 * internal since: it is shown to nobody who may not read it.
 */
export interface CollectionImporter {
  /** The collection of this name is changed; where several have it, the first that no other took. */
  take(line: CollectionLine): Promise<Outcome>;
}

export interface CollectionImporterParts {
  store: Store;
  clock: Clock;
  site: Site;
  /** Nothing is written; what would be is answered. Articles may be missing: they were not written either. */
  dryRun?: boolean;
}

export function createCollectionImporter(parts: CollectionImporterParts): CollectionImporter {
  const { store: port, clock, site, dryRun = false } = parts;
  const taken = new Set<number>();
  return {
    take: (line) =>
      port.write(async (db) => {
        const rows = await rowsOf(db, site.key, line.articles);
        const found = rows.filter((row) => row !== undefined);
        if (!dryRun && found.length < rows.length) refuse("not-found", "It names an article that was refused");
        const keys = [...new Set(found.map(({ id }) => id))];
        const all = await store.ofSite(db, site.key);
        const row = all.find(({ id, name }) => name === line.name && !taken.has(id));
        if (row) taken.add(row.id);
        const names = renamed(row ?? { locale: null, names: "{}" }, line, found, site.settings.locales);
        const next = { ...names, visibility: line.visibility };
        if (row && found.length === rows.length && (await isSame(db, row, next, keys))) return "unchanged";
        const outcome = row ? "updated" : "created";
        if (dryRun) return outcome;
        const own = { uid: toBytes(mintId(clock.now())), site: site.key, created_at: clock.now() };
        const key = row?.id ?? (await store.insert(db, { ...own, ...next }));
        if (row) await store.update(db, key, next);
        taken.add(key);
        await store.place(db, key, keys);
        return outcome;
      }),
  };
}

/** A site's collections with their articles' addresses, for an export. */
export function exportedCollections(port: Store, site: Site) {
  return port.read(async (db) => {
    const all: (Omit<CollectionLine, "articles"> & { articles: store.PlacedAddress[] })[] = [];
    for (const { id, name, locale, names, visibility } of await store.ofSite(db, site.key)) {
      const others = JSON.parse(names) as CollectionNames;
      const said = { ...(locale !== null && { locale }), ...(Object.keys(others).length > 0 && { names: others }) };
      all.push({ name, ...said, visibility, articles: await store.addressesIn(db, id) });
    }
    return all;
  });
}

function rowsOf(db: Db, site: number, lines: CollectionLine["articles"]) {
  return Promise.all(lines.map(({ locale, source }) => articles.bySource(db, site, locale, source)));
}

async function isSame(db: Db, row: store.CollectionRow, next: store.CollectionSaid, keys: readonly number[]) {
  const { locale, names, visibility } = row;
  const isSaid = isDeepStrictEqual({ locale, names, visibility, name: row.name }, next);
  return isSaid && JSON.stringify(await store.keysIn(db, row.id)) === JSON.stringify(keys);
}
