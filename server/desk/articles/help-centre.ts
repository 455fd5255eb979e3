import type { RichText } from "../../../protocol/index.ts";
import type { Clock } from "../../clock.ts";
import * as versions from "../../store/article-versions.ts";
import * as store from "../../store/articles.ts";
import { type InPublic, inPublic } from "../../store/collections-public.ts";
import { formerOwners, formerPathOwners } from "../../store/former-addresses.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import { countReads } from "../../store/reads.ts";
import { nearness } from "../../suggest/locales.ts";
import type { Files } from "../files/files.ts";
import { addressFiles } from "../markdown/markdown.ts";
import type { Site } from "../sites/sites.ts";
import { dayOf } from "./heat-days.ts";
import { type ShelvedCollection, shelveCollections } from "./help-collections.ts";
import { catchUp, type HelpEntries, noEntries } from "./help-entries.ts";
import { createHelpOften } from "./help-often.ts";

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

/** Everything visitors may read of a site, as of one version of its articles and one order of its collections. */
export interface HelpShelf {
  version: string;
  /** By language and title. */
  entries: readonly HelpEntry[];
  byId: ReadonlyMap<string, HelpEntry>;
  byGroup: ReadonlyMap<string, readonly HelpEntry[]>;
  /** By {@link addressIn}. */
  byAddress: ReadonlyMap<string, HelpEntry>;
  /** The languages that anything is written in, the site's own order first. */
  locales: readonly string[];
  /** The oldest first, each in the languages in which its articles were put there. */
  collections: readonly ShelvedCollection[];
}

/** What the public help pages are made of: published, public articles and nothing else. */
export interface HelpCentre {
  shelf(site: Site): Promise<HelpShelf>;
  /** What is asked for most these days, in all languages: looked at again each minute, while the shelf stays. */
  often(site: Site, shelf: HelpShelf): Promise<readonly HelpEntry[]>;
  /** An article's text; its links to other articles carry their ids, and our own files stand at today's address. */
  text(entry: HelpEntry): Promise<RichText | undefined>;
  /** Articles were read today, by id so and so often. */
  read(reads: ReadonlyMap<string, number>): Promise<void>;
  /** Who stood at an address that is none today: a former slug, or a path of the help centre it came from. */
  former(site: Site, path: string, locale?: string): Promise<HelpEntry | undefined>;
}

/** Ids in addresses of the help centres that people come from. */
const FOREIGN_ID = /\/articles?\/([0-9a-f]{24}|\d+)(?:[-./]|$)/;

/** What is known of a site's articles, and those who look after it, one after another. */
interface Held {
  entries: HelpEntries;
  shelf?: HelpShelf;
  ready: Promise<unknown>;
  /** The look that has not begun yet: whoever comes meanwhile shares it. */
  waiting?: Promise<HelpShelf> | undefined;
}

export interface HelpCentreParts {
  store: Store;
  clock: Clock;
  files: Pick<Files, "moved">;
}

export function createHelpCentre({ store: port, clock, files }: HelpCentreParts): HelpCentre {
  const shelves = new WeakMap<Site, Held>();
  const oftenUsed = createHelpOften({ store: port, clock });

  const look = async (site: Site, held: Held): Promise<HelpShelf> => {
    const [{ articles, shelf }, arranged] = await port.read(async (db) => [
      await versions.versionsOf(db, site.key),
      await inPublic(db, site.key),
    ]);
    const version = JSON.stringify([shelf, arranged]);
    if (held.shelf?.version === version) return held.shelf;
    // The database went back.
    if (articles < held.entries.version) held.entries = noEntries();
    await catchUp(port, site.key, held.entries, articles);
    held.shelf = shelve(version, held.entries, site.settings.locales, arranged);
    return held.shelf;
  };
  const shelfOf = (site: Site): Promise<HelpShelf> => {
    const held = shelves.get(site) ?? { entries: noEntries(), ready: Promise.resolve() };
    shelves.set(site, held);
    if (!held.waiting) {
      held.waiting = held.ready.then(() => {
        held.waiting = undefined;
        return look(site, held);
      });
      held.ready = held.waiting.catch(() => undefined);
    }
    return held.waiting;
  };

  return {
    shelf: shelfOf,
    async often(site, { byId }) {
      const ids = await oftenUsed.of(site);
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
    async text({ id }) {
      const row = await port.read((db) => store.byUid(db, toBytes(id)));
      return row && addressFiles(JSON.parse(row.rich) as RichText, files.moved);
    },
    read: (reads) => port.write((db) => countReads(db, dayOf(clock.now()), reads)),
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

/** What tells one article from all others of a site: its language and its slug. */
export function addressIn({ locale, slug }: Pick<HelpEntry, "locale" | "slug">): string {
  return `${locale}/${slug}`;
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

function shelve(
  version: string,
  { list, byKey }: HelpEntries,
  wanted: readonly string[],
  arranged: InPublic,
): HelpShelf {
  const entries = [...list];
  const written = new Set(entries.map(({ locale }) => locale));
  const locales = [...wanted.filter((locale) => written.has(locale)), ...[...written].sort()];
  return {
    version,
    entries,
    byId: new Map(entries.map((entry) => [entry.id, entry])),
    byGroup: Map.groupBy(entries, ({ group }) => group),
    byAddress: new Map(entries.map((entry) => [addressIn(entry), entry])),
    locales: [...new Set(locales)],
    collections: shelveCollections(arranged, byKey, wanted),
  };
}

/** The language in an old address, as in `hc/en-us/articles/1`. */
function localeIn(path: string): string | undefined {
  return path.split("/").find((part) => /^[a-z]{2}(-[a-z]{2,4})?$/i.test(part));
}
