import type { Clock } from "../../clock.ts";
import { toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import * as reads from "../../store/reads.ts";
import type { Site } from "../sites/sites.ts";
import { articlePieces } from "./article-pieces.ts";
import { dayOf } from "./heat-days.ts";

/** What readers ask for most these days. */
export interface HelpOften {
  /** The ids of a site's articles, in all languages, the one used most first; counted anew each minute. */
  of(site: Site): Promise<readonly string[]>;
}

const KEPT_MS = 60_000;
/** What is often asked for is so over so many days, and was used at least so often. */
const DAYS = 14;
const LEAST = 3;
const MOST = 100;
/** What agents sent says more than what was opened. No use weighs less for being older. */
const WEIGHING = { weights: { reads: 1, links: 3, searches: 0 }, halfLife: Number.POSITIVE_INFINITY };

export function createHelpOften({ store, clock }: { store: Store; clock: Clock }): HelpOften {
  const counted = new WeakMap<Site, { at: number; ids: Promise<readonly string[]> }>();

  const count = async (site: Site): Promise<readonly string[]> => {
    const today = dayOf(clock.now());
    const used: reads.UseRow[] = [];
    for await (const keys of articlePieces(store, site.key)) {
      const warmth = { from: today - DAYS + 1, to: today, ...WEIGHING };
      const rows = await store.read((db) => reads.uses(db, keys, warmth));
      used.push(...rows.filter((row) => row.warmth >= LEAST));
    }
    const most = used.sort((one, other) => other.warmth - one.warmth || one.id - other.id).slice(0, MOST);
    return most.map(({ uid }) => toId(uid));
  };

  return {
    of(site) {
      const now = clock.now();
      const kept = counted.get(site);
      if (kept && now - kept.at < KEPT_MS) return kept.ids;
      const ids = count(site);
      counted.set(site, { at: now, ids });
      ids.catch(() => counted.delete(site));
      return ids;
    },
  };
}
