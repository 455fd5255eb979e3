import type { Clock } from "../../clock.ts";
import type { Store } from "../../store/port.ts";
import { recordSighting, type Sighting, sightingsOf } from "../../store/sightings.ts";
import type { Site } from "./sites.ts";

/** A busy shop would otherwise write the same row thousands of times a minute. */
const AGAIN_AFTER_MS = 30_000;

/** On which origins a site's widget has been loaded, and when last: what the install page shows. */
export interface Sightings {
  /** Does not wait for the disk, and is forgotten when that says no: nobody's page hangs on it. */
  see(site: Site, origin: string): void;
  of(site: Site): Promise<Sighting[]>;
}

export function createSightings({ store, clock }: { store: Store; clock: Clock }): Sightings {
  // Only listed origins come here, so this stays small.
  const seen = new Map<string, number>();
  return {
    see(site, origin) {
      const place = `${site.key} ${origin}`;
      const at = clock.now();
      if (at - (seen.get(place) ?? Number.NEGATIVE_INFINITY) < AGAIN_AFTER_MS) return;
      seen.set(place, at);
      store.write((db) => recordSighting(db, site.key, { origin, at })).catch(() => seen.delete(place));
    },
    of: (site) => store.read((db) => sightingsOf(db, site.key)),
  };
}
