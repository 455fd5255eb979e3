/** Readings are counted some at a time, so that no page waits for a disk. */
const WAIT_MS = 200;
const AT_ONCE = 20;
/** A rush beyond it is not counted to the last. */
const MOST_HELD = 10_000;

/** Holds what was read for a moment and counts it in one turn: the store makes one transaction of that. */
export function createReadCounts(count: (article: string) => void): (article: string) => void {
  const held: string[] = [];
  const flush = () => {
    for (const article of held.splice(0, AT_ONCE)) count(article);
    if (held.length > 0) later();
  };
  const later = () => void setTimeout(flush, WAIT_MS).unref();
  return (article) => {
    if (held.length === 0) later();
    if (held.length < MOST_HELD) held.push(article);
  };
}
