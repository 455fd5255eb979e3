import type { RichText } from "../../../protocol/index.ts";
import * as store from "../../store/articles.ts";
import { formerOwners, formerPathOwners } from "../../store/former-addresses.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import { nearness } from "../../suggest/locales.ts";
import type { Site } from "../people/sites.ts";

/** An article on the shelf of the public help centre: all but its text. */
export interface HelpEntry {
  id: string;
  /** Shared by the translations of one article. */
  group: string;
  slug: string;
  locale: string;
  title: string;
  excerpt: string;
  category: string | undefined;
  createdAt: number;
  updatedAt: number;
}

/** Everything visitors may read of a site, as of one version of its articles. */
export interface HelpShelf {
  version: number;
  entries: readonly HelpEntry[];
  byId: ReadonlyMap<string, HelpEntry>;
  byGroup: ReadonlyMap<string, readonly HelpEntry[]>;
  /** The languages that anything is written in, the site's own order first. */
  locales: readonly string[];
}

/** What the public help pages are made of: published, public articles and nothing else. */
export interface HelpCentre {
  shelf(site: Site): Promise<HelpShelf>;
  /** An article's text; its links to other articles carry their ids. */
  text(entry: HelpEntry): Promise<RichText | undefined>;
  /** Who stood at an address that is none today: a former slug, or a path of the help centre it came from. */
  former(site: Site, path: string, locale?: string): Promise<HelpEntry | undefined>;
}

/** A version may stay while links are followed once more after an import; then the shelf is read again. */
const KEPT_MS = 60_000;
/** Ids in addresses of the help centres that people come from. */
const FOREIGN_ID = /\/articles?\/([0-9a-f]{24}|\d+)(?:[-./]|$)/;

export function createHelpCentre({ store: port }: { store: Store }): HelpCentre {
  const shelves = new WeakMap<Site, { at: number; shelf: HelpShelf }>();

  const shelfOf = async (site: Site): Promise<HelpShelf> => {
    const version = await port.read((db) => store.versionOf(db, site.key));
    const kept = shelves.get(site);
    if (kept && kept.shelf.version === version && performance.now() - kept.at < KEPT_MS) return kept.shelf;
    const rows = await port.read((db) => store.publicHeads(db, site.key));
    const shelf = shelve(version, rows.map(toEntry), site.settings.locales);
    shelves.set(site, { at: performance.now(), shelf });
    return shelf;
  };

  return {
    shelf: shelfOf,
    async text({ id }) {
      const row = await port.read((db) => store.byUid(db, toBytes(id)));
      return row && (JSON.parse(row.rich) as RichText);
    },
    async former(site, path, locale) {
      const { byId } = await shelfOf(site);
      const uids = await port.read(async (db) => {
        const exact = await formerOwners(db, site.key, path);
        if (exact.length > 0) return exact;
        const id = FOREIGN_ID.exec(`/${path}`)?.[1];
        return id === undefined ? [] : formerPathOwners(db, site.key, id);
      });
      const found = uids.flatMap((uid) => byId.get(toId(uid)) ?? []);
      return nearest(found, locale ?? localeIn(path));
    },
  };
}

/** Of several translations the one nearest to a language; the first where none is near. */
export function nearest(entries: readonly HelpEntry[], locale: string | undefined): HelpEntry | undefined {
  const [first, ...others] = entries;
  if (!first || locale === undefined) return first;
  return others.reduce(
    (best, one) => (nearness(one.locale, locale) > nearness(best.locale, locale) ? one : best),
    first,
  );
}

function shelve(version: number, entries: readonly HelpEntry[], wanted: readonly string[]): HelpShelf {
  const written = new Set(entries.map(({ locale }) => locale));
  const locales = [...wanted.filter((locale) => written.has(locale)), ...[...written].sort()];
  return {
    version,
    entries,
    byId: new Map(entries.map((entry) => [entry.id, entry])),
    byGroup: Map.groupBy(entries, ({ group }) => group),
    locales: [...new Set(locales)],
  };
}

function toEntry(row: store.ArticleHead): HelpEntry {
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

/** The language in an old address, as in `hc/en-us/articles/1`. */
function localeIn(path: string): string | undefined {
  return path.split("/").find((part) => /^[a-z]{2}(-[a-z]{2,4})?$/i.test(part));
}
