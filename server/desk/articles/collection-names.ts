import * as v from "valibot";
import { refuse } from "../../../protocol/faults.ts";
import { LanguageTag } from "../../../protocol/index.ts";
import { nearness } from "../../suggest/locales.ts";
import { canonicalLocale } from "./articles-input.ts";

/* What a collection is called: `name` in its own language, and `names` in others. */

const LANGUAGES = 50;

export const CollectionName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
/** Names by language. */
export const CollectionNames = v.pipe(
  v.record(v.string(), CollectionName),
  v.maxEntries(LANGUAGES),
  v.check(
    (names) => Object.keys(names).every((locale) => v.is(LanguageTag, locale)),
    "expected languages like zh-Hans",
  ),
  v.transform((names) =>
    Object.fromEntries(Object.entries(names).map(([locale, name]) => [canonicalLocale(locale), name])),
  ),
);
export type CollectionNames = Readonly<Record<string, string>>;

/** As it is stored: `locale` is null where nobody has said in which language `name` is. */
export interface StoredNames {
  name: string;
  locale: string | null;
  /** JSON. */
  names: string;
}

/** As it is told: in one language always. */
export interface Called {
  name: string;
  locale: string;
  names: CollectionNames;
}

/** What somebody says of it. What is left out stays as it is. */
export interface NamesInput {
  name: string;
  locale?: string | undefined;
  names?: CollectionNames | undefined;
}

/** Where nobody has said its language, it is the one of all its articles; of those in several the site's first. */
export function calledOf(
  { name, locale, names }: StoredNames,
  articles: readonly { locale: string }[],
  site: readonly string[],
): Called {
  return { name, locale: locale ?? languageOf(articles, site), names: JSON.parse(names) as CollectionNames };
}

/** The names after somebody has said some. The name in its own language is `name`, and no other: refused as `invalid`. */
export function renamed(
  { locale, names: before }: Pick<StoredNames, "locale" | "names">,
  said: NamesInput,
  articles: readonly { locale: string }[],
  site: readonly string[],
): StoredNames {
  const names = said.names ?? (JSON.parse(before) as CollectionNames);
  // Once it has names in others, its own language no longer turns with what is put into it.
  const known = said.locale ?? locale ?? (said.names && languageOf(articles, site)) ?? null;
  const own = known ?? languageOf(articles, site);
  const { [own]: twice, ...others } = names;
  if (said.names && twice !== undefined && twice !== said.name)
    refuse("invalid", `“${said.name}” and “${twice}” are both its name in ${own}`, { field: "names" });
  return { name: said.name, locale: known, names: JSON.stringify(sorted(others)) };
}

/** What it is called for readers of a language, and in which language that is. */
export function nameFor({ name, locale: own, names }: Called, asked: string): { name: string; locale: string } {
  const all = [[own, name] as const, ...Object.entries(names)];
  const [locale, best] = all.reduce((one, other) =>
    nearness(other[0], asked) > nearness(one[0], asked) ? other : one,
  );
  return { name: best, locale };
}

/** Two who write the same names in another order have written the same. */
export function sorted(names: CollectionNames): CollectionNames {
  return Object.fromEntries(Object.entries(names).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function languageOf(articles: readonly { locale: string }[], [first = "en"]: readonly string[]): string {
  const [one = first, ...others] = new Set(articles.map(({ locale }) => locale));
  return others.length === 0 ? one : first;
}
