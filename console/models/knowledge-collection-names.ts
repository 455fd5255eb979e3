/* What a collection is called: `name` in its own language, and `names` in others. */

export interface Called {
  readonly name: string;
  /** The language of `name`. */
  readonly locale: string;
  readonly names: Readonly<Record<string, string>>;
}

/** The name that is written in a language; empty where none is. */
export function nameIn({ name, locale: own, names }: Called, locale: string): string {
  return locale === own ? name : (names[locale] ?? "");
}

/** What readers of a language see: the name in theirs, else in another script or country of theirs, else its own. */
export function nameFor(called: Called, locale: string): string {
  const near = Object.keys(called.names).find((one) => languageOf(one) === languageOf(locale));
  const other = languageOf(called.locale) === languageOf(locale) || !near ? called.name : called.names[near];
  return nameIn(called, locale) || other || called.name;
}

/** The languages in which it should have a name: its site's, and those in which it has one beside them. */
export function namesWanted({ locale, names }: Called, site: readonly string[]): readonly string[] {
  return [...new Set([...site, locale, ...Object.keys(names)])];
}

/** With another name in a language; without one there, where none is written. */
export function named<T extends Called>(called: T, locale: string, name: string): T {
  if (locale === called.locale) return { ...called, name };
  const { [locale]: _, ...others } = called.names;
  return { ...called, names: name.trim() === "" ? others : { ...others, [locale]: name } };
}

/** As they are stored: without the space at the end of one that is being written. */
export function trimmed(names: Called["names"]): Called["names"] {
  return Object.fromEntries(Object.entries(names).map(([locale, name]) => [locale, name.trim()]));
}

function languageOf(locale: string): string | undefined {
  return locale.split("-")[0];
}
