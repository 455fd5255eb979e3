/** So many come in during one turn of the event loop, and then those who are in have theirs. */
const AT_ONCE = 8;

/**
 * When everybody comes back at once, a few at a time come in and are greeted before the next are: otherwise all wait for
 * the slowest, and who has something to say waits with them.
 */
export function createDoor(atOnce = AT_ONCE): (enter: () => void) => void {
  let waiting: (() => void)[] = [];
  const open = () => {
    const now = waiting.slice(0, atOnce);
    waiting = waiting.slice(atOnce);
    if (waiting.length > 0) setImmediate(open);
    for (const enter of now) enter();
  };
  return (enter) => {
    if (waiting.push(enter) === 1) setImmediate(open);
  };
}
