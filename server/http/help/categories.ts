import { collatorOf } from "../../desk/articles/collators.ts";
import type { HelpEntry, HelpShelf } from "../../desk/articles/help-centre.ts";
import type { Frame } from "./layout.ts";
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

const sorted = new WeakMap<HelpShelf, Map<string, readonly HelpCategory[]>>();

/** The first level in one language, by name; what has none comes last. Worked out once for a shelf. */
export function categoriesIn(shelf: HelpShelf, locale: string): readonly HelpCategory[] {
  if (!shelf.locales.includes(locale)) return [];
  const known = sorted.get(shelf) ?? new Map<string, readonly HelpCategory[]>();
  sorted.set(shelf, known);
  const categories = known.get(locale) ?? categoriesOf(shelf, locale);
  known.set(locale, categories);
  return categories;
}

function categoriesOf(shelf: HelpShelf, locale: string): HelpCategory[] {
  const collator = collatorOf(locale);
  const entries = shelf.entries.filter((entry) => entry.locale === locale);
  const bySlug = Map.groupBy(entries, ({ category }) => (category ? categorySlug(topOf(category)) : NAMELESS));
  const categories = [...bySlug].map(([slug, list]) => ({ name: nameOf(list), slug, entries: list }));
  return categories.sort((a, b) => {
    if (!a.name || !b.name) return Number(!a.name) - Number(!b.name);
    return collator.compare(a.name, b.name);
  });
}

/** What stands in no category is everything, or everything else. */
export function calledIn(
  { locale, say }: Pick<Frame, "locale" | "say">,
  shelf: HelpShelf,
  name: string | undefined,
): string {
  return name ?? say(categoriesIn(shelf, locale).length === 1 ? "everything" : "other");
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

/** Of several names under one address the first one, whichever articles there are. */
function nameOf(entries: readonly HelpEntry[]): string | undefined {
  const names = entries.flatMap(({ category }) => category ?? []);
  const first = names.reduce<string | undefined>((least, name) => (least && least < name ? least : name), undefined);
  return first && topOf(first);
}
