import { en } from "./en.ts";

/*
 * What the console itself says. A sentence with something in it is a function, so that each language may order and
 * count as it does. English is always there; another language is fetched when it is wanted.
 */

export type Sentences = typeof en;
export type ConsoleLocale = "en" | "zh-Hans";

export async function loadSentences(locale: ConsoleLocale): Promise<Sentences> {
  if (locale === "en") return en;
  try {
    return (await import("./zh-hans.ts")).zhHans;
  } catch {
    return en;
  }
}
