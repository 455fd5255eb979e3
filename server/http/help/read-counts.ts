/** Readings are written some seconds' worth at a time: every write waits for the disk, and pages wait behind it. */
const EVERY_MS = 5_000;
/** A rush over more articles is not counted to the last. */
const MOST_HELD = 10_000;

/** Adds up what is read and hands it on, by article, after a while. */
export function createReadCounts(
  write: (reads: ReadonlyMap<string, number>) => Promise<void>,
  everyMs = EVERY_MS,
): (article: string) => void {
  let held = new Map<string, number>();
  const flush = () => {
    const reads = held;
    held = new Map();
    // A figure more or less: no page fails with it.
    write(reads).catch(() => undefined);
  };
  return (article) => {
    if (held.size === 0) setTimeout(flush, everyMs).unref();
    if (held.size < MOST_HELD) held.set(article, (held.get(article) ?? 0) + 1);
  };
}
