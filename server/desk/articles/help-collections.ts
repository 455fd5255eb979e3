import type { InPublic } from "../../store/collections-public.ts";
import { nearestOf, nearness } from "../../suggest/locales.ts";
import { slugFrom } from "./articles-input.ts";
import { type Called, calledOf, nameFor } from "./collection-names.ts";
import type { HelpEntry, HelpShelf } from "./help-centre.ts";

/* Collections as the help centre and the widget show them. */

/** Articles in the order in which their owner wants them read: first steps, say. In all its languages. */
export interface ShelvedCollection extends Called {
  key: number;
  slug: string;
  /** Its part of an address by the name's language, where that one's name makes another. */
  slugs: ReadonlyMap<string, string>;
  entries: readonly HelpEntry[];
}

/** One as it stands in a language. */
export interface HelpCollection {
  key: number;
  slug: string;
  name: string;
  /** The language of the name: another than the reader's, where it has none in theirs. */
  locale: string;
  entries: readonly HelpEntry[];
}

const collected = new WeakMap<HelpShelf, Map<string, readonly HelpCollection[]>>();

/** The collections for a reader, in their language. Worked out once for a shelf. */
export function collectionsIn(shelf: HelpShelf, asked: string): readonly HelpCollection[] {
  const locale = shelf.locales.includes(asked) ? asked : nearestOf(shelf.locales, asked);
  if (locale === undefined) return [];
  const known = collected.get(shelf) ?? new Map<string, readonly HelpCollection[]>();
  collected.set(shelf, known);
  const collections = known.get(locale) ?? collectionsFor(shelf, locale);
  known.set(locale, collections);
  return collections;
}

/**
 * What stands at a collection's address in a language: itself, also under its address in another one, or the one that
 * was made there for the same articles.
 */
export function collectionFor(shelf: HelpShelf, locale: string, slug: string): HelpCollection | undefined {
  const shown = collectionsIn(shelf, locale);
  const meant = shelf.collections.find((one) => one.slug === slug || [...one.slugs.values()].includes(slug));
  if (!meant) return undefined;
  const entries = stepsIn(shelf, meant, locale);
  const other = () => (entries.length > 0 ? shown.find((one) => holds(one, entries)) : undefined);
  return shown.find(({ key }) => key === meant.key) ?? other();
}

/** Puts what the store holds of them on a shelf. */
export function shelveCollections(
  { collections, placed }: InPublic,
  entries: ReadonlyMap<number, HelpEntry>,
  site: readonly string[],
): ShelvedCollection[] {
  const steps = Map.groupBy(placed, ({ collection }) => collection);
  const taken = new Set<string>();
  // An empty one takes no address from another of its name.
  const filled = collections.filter(({ id }) => steps.has(id));
  const shelved = filled.map((row) => {
    const own = (steps.get(row.id) ?? []).flatMap(({ article }) => entries.get(article) ?? []);
    const slug = slugFrom(row.name);
    // Two of one name, or a name of signs only: the number is ugly and stays.
    const free = slug === "" || taken.has(slug) ? `${slug}-${row.id}` : slug;
    taken.add(free);
    return { key: row.id, slug: free, entries: own, ...calledOf(row, own, site) };
  });
  // After all names of their own, whose addresses were there before; each leads to one collection only.
  return shelved.map((one) => {
    const slugs = new Map<string, string>();
    for (const [locale, name] of Object.entries(one.names)) {
      const slug = slugFrom(name);
      const isFree = slug !== "" && (!taken.has(slug) || [...slugs.values()].includes(slug));
      if (isFree) slugs.set(locale, slug);
      if (isFree) taken.add(slug);
    }
    return { ...one, slugs };
  });
}

/**
 * First those that were made or named in the language, whose names its readers understand. Whoever makes one for each
 * language sees each once: the same articles do not stand there again under another language's name.
 */
function collectionsFor(shelf: HelpShelf, locale: string): HelpCollection[] {
  const drawn = shelf.collections.flatMap((one) => {
    const entries = stepsIn(shelf, one, locale);
    const isMade = one.entries.some((entry) => entry.locale === locale);
    const shown = { ...calledIn(one, locale), entries };
    return entries.length > 0 ? [{ isMade, isRead: isMade || nearness(shown.locale, locale) > 0, shown }] : [];
  });
  const made = drawn.filter(({ isMade }) => isMade);
  return drawn
    .filter(({ isMade, shown }) => isMade || !made.some((own) => holds(own.shown, shown.entries)))
    .sort((a, b) => Number(b.isRead) - Number(a.isRead))
    .map(({ shown }) => shown);
}

function calledIn(one: ShelvedCollection, asked: string): Omit<HelpCollection, "entries"> {
  const { name, locale } = nameFor(one, asked);
  return { key: one.key, slug: one.slugs.get(locale) ?? one.slug, name, locale };
}

function stepsIn({ byGroup }: HelpShelf, { entries }: ShelvedCollection, locale: string): readonly HelpEntry[] {
  const found = entries.flatMap(({ group }) => byGroup.get(group)?.find((entry) => entry.locale === locale) ?? []);
  // Two translations of one article are one step.
  return [...new Set(found)];
}

function holds({ entries }: Pick<HelpCollection, "entries">, steps: readonly HelpEntry[]): boolean {
  return steps.every((step) => entries.includes(step));
}
