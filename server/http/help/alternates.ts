import { articlePath, homePath } from "../../desk/articles/help-address.ts";
import type { HelpEntry, HelpShelf } from "../../desk/articles/help-centre.ts";
import { collectionFor } from "../../desk/articles/help-collections.ts";
import { categoriesIn, type HelpCategory } from "./categories.ts";
import { categoryPath, collectionPath } from "./place.ts";

/* The same page in every language that it stands in, its own among them. Whichever page is named names back. */

/** A translation of a page: its language and its path. */
export interface Alternate {
  locale: string;
  path: string;
}

const standing = new WeakMap<HelpShelf, ReadonlyMap<HelpEntry, HelpCategory>>();

export function homeAlternates({ locales }: HelpShelf): Alternate[] {
  return locales.map((locale) => ({ locale, path: homePath(locale) }));
}

/** Of two in one language the first is the translation, and the other stands alone. */
export function articleAlternates({ byGroup }: HelpShelf, entry: HelpEntry): Alternate[] {
  const group = byGroup.get(entry.group) ?? [];
  const firsts = group.filter((one) => group.find(({ locale }) => locale === one.locale) === one);
  const named = firsts.includes(entry) ? firsts : [entry];
  return named.map((one) => ({ locale: one.locale, path: articlePath(one) }));
}

/** Two that were made for the same articles, each in its language, are one in two languages. */
export function collectionAlternates(shelf: HelpShelf, locale: string, slug: string): Alternate[] {
  return shelf.locales.flatMap((other) => {
    const one = collectionFor(shelf, other, slug);
    const isOne = one && collectionFor(shelf, locale, one.slug)?.slug === slug;
    return isOne ? [{ locale: other, path: collectionPath(other, one.slug) }] : [];
  });
}

/** Categories have no translations; their articles have. Two that are each other's counterpart are one in two languages. */
export function categoryAlternates(shelf: HelpShelf, locale: string, category: HelpCategory): Alternate[] {
  return shelf.locales.flatMap((other) => {
    const one = other === locale ? category : counterpartOf(shelf, category, other);
    const isOne = one && (one === category || counterpartOf(shelf, one, locale) === category);
    return isOne ? [{ locale: other, path: categoryPath(other, one.name ?? "") }] : [];
  });
}

/** Where most translations of its articles stand. What is in no category is none, and has only its like. */
function counterpartOf(shelf: HelpShelf, { name, entries }: HelpCategory, locale: string): HelpCategory | undefined {
  const categories = standingOf(shelf);
  const found = entries
    .flatMap(({ group }) => shelf.byGroup.get(group) ?? [])
    .filter((entry) => entry.locale === locale)
    .flatMap((entry) => categories.get(entry) ?? [])
    .filter((category) => (category.name === undefined) === (name === undefined));
  const [most] = [...Map.groupBy(found, (category) => category)].sort(([, a], [, b]) => b.length - a.length);
  return most?.[0];
}

/** Which category each article stands in. Worked out once for a shelf. */
function standingOf(shelf: HelpShelf): ReadonlyMap<HelpEntry, HelpCategory> {
  const known = standing.get(shelf);
  if (known) return known;
  const categories = shelf.locales.flatMap((locale) => categoriesIn(shelf, locale));
  const made = new Map(categories.flatMap((category) => category.entries.map((entry) => [entry, category] as const)));
  standing.set(shelf, made);
  return made;
}
