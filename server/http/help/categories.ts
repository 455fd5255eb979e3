import { type HelpEntry, type HelpShelf, nearestOf } from "../../desk/articles/help-centre.ts";
import { categorySlug } from "./place.ts";

/** Articles under the first part of their category's name, as in `Boards / UNO`. */
export interface HelpCategory {
  /** None for articles that have no category. */
  name: string | undefined;
  slug: string;
  entries: readonly HelpEntry[];
}

const SEPARATOR = " / ";
const NAMELESS = "-";
/** An address may name any language. */
const LOCALES = 100;

const sorted = new WeakMap<HelpShelf, Map<string, readonly HelpCategory[]>>();

/** What is written in a language: in that very one, else in the nearest. */
export function entriesIn({ entries, locales }: HelpShelf, locale: string): readonly HelpEntry[] {
  const known = locales.includes(locale) ? locale : nearestOf(locales, locale);
  return entries.filter((entry) => entry.locale === known);
}

/** The first level in one language, by name; what has none comes last. Worked out once for a shelf. */
export function categoriesIn(shelf: HelpShelf, locale: string): readonly HelpCategory[] {
  const known = sorted.get(shelf) ?? new Map<string, readonly HelpCategory[]>();
  sorted.set(shelf, known);
  const categories = known.get(locale) ?? categoriesOf(entriesIn(shelf, locale), locale);
  if (known.size < LOCALES) known.set(locale, categories);
  return categories;
}

function categoriesOf(entries: readonly HelpEntry[], locale: string): HelpCategory[] {
  const collator = collatorOf(locale);
  const bySlug = Map.groupBy(entries, ({ category }) => (category ? categorySlug(topOf(category)) : NAMELESS));
  const categories = [...bySlug].map(([slug, list]) => ({
    name: list[0]?.category && topOf(list[0].category),
    slug,
    entries: list.toSorted((a, b) => collator.compare(a.title, b.title)),
  }));
  return categories.sort((a, b) => {
    if (!a.name || !b.name) return Number(!a.name) - Number(!b.name);
    return collator.compare(a.name, b.name);
  });
}

/** A category's parts below the first level, by name; its own articles come first, without one. */
export function partsOf({ entries }: HelpCategory, locale: string): [name: string, list: HelpEntry[]][] {
  const collator = collatorOf(locale);
  const parts = Map.groupBy(entries, ({ category = "" }) => category.split(SEPARATOR).slice(1).join(SEPARATOR));
  return [...parts].sort(([a], [b]) => collator.compare(a, b));
}

export function topOf(category: string): string {
  return category.split(SEPARATOR)[0] ?? category;
}

export function belowTop(category: string): string {
  return category.split(SEPARATOR).slice(1).join(SEPARATOR);
}

const collators = new Map<string, Intl.Collator>();

function collatorOf(locale: string): Intl.Collator {
  let collator = collators.get(locale);
  if (!collator) {
    try {
      collator = new Intl.Collator(locale, { numeric: true });
    } catch {
      collator = new Intl.Collator("en", { numeric: true });
    }
    if (collators.size < 100) collators.set(locale, collator);
  }
  return collator;
}
