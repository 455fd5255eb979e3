/** How near the locale of a translation is to the one asked for: 3 the same, 2 language and script, 1 language, 0 neither. */
export function nearness(locale: string, asked: string): number {
  if (locale.toLowerCase() === asked.toLowerCase()) return 3;
  const one = likely(locale);
  const other = likely(asked);
  if (one.language !== other.language) return 0;
  return one.script === other.script ? 2 : 1;
}

/** Of these languages the one nearest to a reader's, if any is near at all. */
export function nearestOf(locales: readonly string[], asked: string): string | undefined {
  const [best] = [...locales].sort((a, b) => nearness(b, asked) - nearness(a, asked));
  return best !== undefined && nearness(best, asked) > 0 ? best : undefined;
}

const known = new Map<string, { language: string; script: string }>();
const MAX_KNOWN = 1000;

/** `zh-TW` and `zh-HK` are both written in `Hant`: Unicode knows what is likely. */
function likely(tag: string): { language: string; script: string } {
  const before = known.get(tag);
  if (before) return before;
  if (known.size >= MAX_KNOWN) known.clear();
  const read = maximized(tag);
  known.set(tag, read);
  return read;
}

function maximized(tag: string): { language: string; script: string } {
  try {
    const { language, script } = new Intl.Locale(tag.replaceAll("_", "-")).maximize();
    return { language, script: script ?? "" };
  } catch {
    // Not a language tag at all; it is near to nothing.
    return { language: tag, script: "" };
  }
}
