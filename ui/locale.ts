export const LOCALES = ["en", "zh-Hans", "zh-Hant"] as const;
export type Locale = (typeof LOCALES)[number];

/** The first of these language tags that we speak. Taiwan, Hong Kong and Macau write traditional characters. */
export function chooseLocale(tags: readonly (string | null | undefined)[]): Locale {
  for (const tag of tags) {
    if (!tag) continue;
    if (/^en(?![a-z])/i.test(tag)) return "en";
    if (/^zh(?![a-z])/i.test(tag)) return /hant|[-_](tw|hk|mo)(?![a-z])/i.test(tag) ? "zh-Hant" : "zh-Hans";
  }
  return "en";
}

/** Whether a language is written from right to left. */
export function directionOf(tag: string): "rtl" | "ltr" {
  return /^(ar|fa|he|ur|ps|dv|yi|ckb|sd|ug)\b/i.test(tag) ? "rtl" : "ltr";
}
