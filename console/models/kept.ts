import type { Shelf } from "../ports.ts";
import { readJson, shelfOf } from "../shelf.ts";

/*
 * What an agent wrote lies on a shelf of their own in the browser, under these names.
 */

/** Messages and notes that the server has not confirmed. */
export const PENDING = "outbox.";
/** And those that it has, for a server that is restored from a backup (D10). */
export const SENT = "sent.";
export const DRAFT = "draft.";
/** Articles that were changed and not saved. */
export const EDIT = "edit.";

export const SENT_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** When words without a name on them were first seen. */
const UNNAMED = "unnamed";

/** Whether an agent has words here that nobody else has. */
export function hasUnsent(shelf: Shelf, agent: string): boolean {
  const own = shelfOf(shelf, agent);
  return [PENDING, DRAFT, EDIT].some((prefix) => own.keys(prefix).length > 0);
}

/** Who signs out leaves nothing behind that the server has: others use this browser too. */
export function forgetSent(shelf: Shelf, agent: string): void {
  const own = shelfOf(shelf, agent);
  for (const key of own.keys(SENT)) own.set(key, undefined);
}

/** Ends what has lain here for a week, whoever's it was; called once for each page. */
export function sweep(shelf: Shelf, now: number): void {
  const before = now - SENT_KEPT_MS;
  for (const key of shelf.keys("")) {
    if (key.split(".")[1] !== SENT.slice(0, -1)) continue;
    const { at } = readJson<{ at?: string }>(shelf, key) ?? {};
    if (!at || Date.parse(at) < before) shelf.set(key, undefined);
  }
  sweepUnnamed(shelf, now, before);
}

/** Words from before each agent had a shelf. Nobody can tell whose they are, so nobody sends or sees them. */
function sweepUnnamed(shelf: Shelf, now: number, before: number): void {
  const unnamed = [PENDING, SENT, DRAFT, EDIT].flatMap((prefix) => shelf.keys(prefix));
  if (unnamed.length === 0) return;
  // A clock that was ahead when it noted the day does not keep them for longer.
  const since = Math.min(Number(shelf.get(UNNAMED)) || now, now);
  if (since >= before) shelf.set(UNNAMED, String(since));
  else for (const key of [...unnamed, "epoch", UNNAMED]) shelf.set(key, undefined);
}
