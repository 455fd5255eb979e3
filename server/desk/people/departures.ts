import type { Clock } from "../../clock.ts";
import { revokeUsed } from "../../store/identities.ts";
import type { Store } from "../../store/port.ts";
import { deleteVisitorToken, visitorByToken } from "../../store/visitors.ts";
import type { Site } from "../sites/sites.ts";
import { hashSecret } from "./secrets.ts";
import { sessionId } from "./sessions.ts";

/** Visitors who log out on a site's page. */
export interface Departures {
  /** The token is nobody's from now on, and whatever identity brought it is taken no more. Asked twice, nothing happens. */
  leave(site: Site, token: string): Promise<void>;
  /** Told whose connections end, by the visitor's key and the {@link sessionId} of the token. */
  onLeft(listener: (visitor: number, token: string) => void): void;
}

export function createDepartures({ store }: { store: Store; clock: Clock }): Departures {
  const listeners = new Set<(visitor: number, token: string) => void>();
  return {
    async leave(site, token) {
      const hash = hashSecret(token);
      const visitor = await store.write(async (db) => {
        const row = await visitorByToken(db, site.key, hash);
        if (!row) return undefined;
        await revokeUsed(db, site.key, hash);
        await deleteVisitorToken(db, hash);
        return row.id;
      });
      if (visitor === undefined) return;
      for (const listener of listeners) listener(visitor, sessionId(token));
    },
    onLeft: (listener) => void listeners.add(listener),
  };
}
