import { LANGUAGE_TAG } from "../../protocol/language-tag.ts";
import { LOCALES } from "../../ui/locale.ts";

/** What is offered to a site: what the widget speaks, and what help centres are often written in beside that. */
const OFFERED = [
  ...LOCALES,
  ..."pt-BR it nl pl uk cs sk sv da nb fi el hu ro bg hr sr th ms fil fa ur bn ta ca".split(" "),
];

/** Languages to choose from, by their names as the reader calls them. */
export function offeredLanguages(shownIn: string, without: readonly string[]): readonly string[] {
  const names = OFFERED.filter((tag) => !without.includes(tag)).map((tag) => languageName(tag, shownIn));
  return names.sort(new Intl.Collator(shownIn).compare);
}

/** The tag of the language that somebody means: by its name in theirs, its own or English, or by its tag. */
export function languageOf(text: string, shownIn: string): string | undefined {
  const meant = text.trim().toLowerCase();
  const named = OFFERED.find((tag) =>
    [shownIn, tag, "en"].some((names) => languageName(tag, names).toLowerCase() === meant),
  );
  if (named !== undefined || !LANGUAGE_TAG.test(meant)) return named;
  try {
    const [tag = ""] = Intl.getCanonicalLocales(meant);
    // Every short word looks like a tag; what has no name is none.
    return new Intl.DisplayNames(["en"], { type: "language", fallback: "none" }).of(tag) && tag;
  } catch {
    return undefined;
  }
}

/** A language by its name in another; without that one, by its own. */
export function languageName(locale: string, shownIn: string = locale): string {
  try {
    return new Intl.DisplayNames([shownIn], { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

/** 简 and 繁 tell the two apart better than any code. */
export function shortLanguage(locale: string): string {
  if (/^zh-(hans|cn|sg)/i.test(locale)) return "简";
  if (/^zh-(hant|tw|hk|mo)/i.test(locale)) return "繁";
  return locale.toUpperCase();
}
