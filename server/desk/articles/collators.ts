const MOST = 100;

const collators = new Map<string, Intl.Collator>();

/** How readers of a language sort titles and names, with numbers as numbers. */
export function collatorOf(locale: string): Intl.Collator {
  let collator = collators.get(locale);
  if (!collator) {
    try {
      collator = new Intl.Collator(locale, { numeric: true });
    } catch {
      collator = new Intl.Collator("en", { numeric: true });
    }
    if (collators.size < MOST) collators.set(locale, collator);
  }
  return collator;
}
