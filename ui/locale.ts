/** What the widget speaks. */
export const LOCALES = [
  "en",
  "zh-Hans",
  "zh-Hant",
  "es",
  "fr",
  "de",
  "pt",
  "ja",
  "ko",
  "ru",
  "ar",
  "he",
  "hi",
  "id",
  "tr",
  "vi",
] as const;
export type Locale = (typeof LOCALES)[number];

/** The first of these language tags that is among ours. Taiwan, Hong Kong and Macau write traditional characters. */
export function chooseLocale<L extends Locale>(
  tags: readonly (string | null | undefined)[],
  among: readonly L[] = LOCALES as readonly Locale[] as readonly L[],
): L | "en" {
  for (const tag of tags) {
    const language = tag?.match(/^[a-z]+/i)?.[0].toLowerCase();
    const wanted =
      language === "zh" ? (/hant|[-_](tw|hk|mo)(?![a-z])/i.test(`${tag}`) ? "zh-Hant" : "zh-Hans") : language;
    const found = among.find((one) => one === wanted);
    if (found) return found;
  }
  return "en";
}

/** Whether a language is written from right to left. */
export function directionOf(tag: string): "rtl" | "ltr" {
  return /^(ar|fa|he|ur|ps|dv|yi|ckb|sd|ug)\b/i.test(tag) ? "rtl" : "ltr";
}
