import type { Clock } from "../../clock.ts";
import type { Store } from "../../store/port.ts";
import { recordSighting, type SightingRow, sightingsOf } from "../../store/sightings.ts";
import type { Site } from "./sites.ts";

/** A busy shop would otherwise write the same row thousands of times a minute. */
const AGAIN_AFTER_MS = 30_000;
/** What was blocked so long before the newest look is mended, or on other pages only. */
const BLOCKED_FOR_MS = 60_000;
/** Of pages that a site does not list only the newest are kept: whoever knows its key may name any. */
const FOREIGN_KEPT = 5;

/** What a page's widget says of itself; nobody vouches for it. */
export interface Report {
  /** By the name of its file. */
  build?: string | undefined;
  /** How many tags stand on the page. */
  tags?: number | undefined;
  /** The directive of the page's policy that kept something of ours from it. */
  blocked?: string | undefined;
}

export interface Sighting extends Report {
  origin: string;
  at: number;
}

/** On which origins a site's widget has been loaded, and when last: what the install page shows. */
export interface Sightings {
  /** Does not wait for the disk, and is forgotten when that says no: nobody's page hangs on it. */
  see(site: Site, origin: string, report?: Report): void;
  /** A page was refused that the site does not list: in memory only, because anybody can say so. */
  seeForeign(site: Site, origin: string): void;
  of(site: Site): Promise<Sighting[]>;
}

export function createSightings({ store, clock }: { store: Store; clock: Clock }): Sightings {
  // Only listed origins come here, and only so much is said, so this stays small.
  const seen = new Map<string, number>();
  const foreign = new Map<Site["key"], Map<string, number>>();
  return {
    see(site, origin, { build, tags, blocked } = {}) {
      const place = [site.key, origin, blocked ?? ""].join(" ");
      const at = clock.now();
      if (at - (seen.get(place) ?? Number.NEGATIVE_INFINITY) < AGAIN_AFTER_MS) return;
      seen.set(place, at);
      const said = {
        origin,
        at,
        ...(build !== undefined && { build }),
        ...(tags !== undefined && { tags }),
        ...(blocked !== undefined && { blocked, blocked_at: at }),
      };
      store.write((db) => recordSighting(db, site.key, said)).catch(() => seen.delete(place));
    },
    seeForeign(site, origin) {
      if (!URL.canParse(origin) || new URL(origin).origin !== origin) return;
      const pages = foreign.get(site.key) ?? new Map<string, number>();
      foreign.set(site.key, pages);
      // The newest is the last.
      pages.delete(origin);
      pages.set(origin, clock.now());
      const [oldest] = pages.keys();
      if (oldest !== undefined && pages.size > FOREIGN_KEPT) pages.delete(oldest);
    },
    async of(site) {
      const known = (await store.read((db) => sightingsOf(db, site.key))).map(toSighting);
      const pages = [...(foreign.get(site.key) ?? [])].map(([origin, at]) => ({ origin, at }));
      const listed = new Set([...site.origins, ...known.map(({ origin }) => origin)]);
      return [...known, ...pages.filter(({ origin }) => !listed.has(origin))];
    },
  };
}

function toSighting({ origin, at, build, tags, blocked, blocked_at }: SightingRow): Sighting {
  return {
    origin,
    at,
    ...(build !== null && { build }),
    ...(tags !== null && { tags }),
    ...(blocked !== null && blocked_at !== null && at - blocked_at < BLOCKED_FOR_MS && { blocked }),
  };
}
