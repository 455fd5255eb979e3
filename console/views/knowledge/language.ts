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
