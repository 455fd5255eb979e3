import { setImmediate as nextTurn } from "node:timers/promises";
import * as versions from "../../store/article-versions.ts";
import type { Store } from "../../store/port.ts";

/** Articles counted at one go, so that the figures of thousands hold up nobody's message. */
const PIECE = 100;

/** The keys of all articles of a site, each once, a piece at a time; between two everybody else has a turn. */
export async function* articlePieces(port: Store, site: number): AsyncGenerator<readonly number[]> {
  const seen = new Set<number>();
  for (let to = versions.after(-1); ; ) {
    const rows = await port.read((db) => versions.keysSince(db, site, to, PIECE));
    // One that is saved meanwhile comes again, as the newest.
    const keys = rows.map(({ id }) => id).filter((id) => !seen.has(id));
    for (const key of keys) seen.add(key);
    if (keys.length > 0) yield keys;
    to = rows.at(-1) ?? to;
    if (rows.length < PIECE) return;
    await nextTurn();
  }
}
