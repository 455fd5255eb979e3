import { createHmac, timingSafeEqual } from "node:crypto";
import { refuse } from "../../protocol/faults.ts";
import type { Clock } from "../clock.ts";
import { hashSecret } from "../desk/people/secrets.ts";
import type { Site } from "../desk/sites/sites.ts";
import { isStopped, stopMail } from "../store/mail.ts";
import type { Db, Store } from "../store/port.ts";

/** The way out of mail that nobody asked for: a link that only the mail itself holds. */
export interface Stops {
  /** The path of the link, from the server's address. */
  path(site: Site, address: string): string;
  /** Whom a link is for; `not-found` where it was not made here. */
  read(site: Site, to: string, signature: string): string;
  stop(site: Site, address: string): Promise<void>;
  stopped(db: Db, site: Site, address: string): Promise<boolean>;
}

export function createStops({ store, clock }: { store: Store; clock: Clock }): Stops {
  return {
    path: (site, address) =>
      `/mail/stop/${site.publicKey}/${Buffer.from(address).toString("base64url")}/${sign(site, address)}`,
    read(site, to, signature) {
      const address = Buffer.from(to, "base64url").toString();
      const [given, right] = [Buffer.from(signature), Buffer.from(sign(site, address))];
      const same = given.length === right.length && timingSafeEqual(given, right);
      return same ? address : refuse("not-found", "This link is not complete");
    },
    stop: (site, address) => store.write((db) => stopMail(db, hashOf(site, address), clock.now())),
    stopped: (db, site, address) => isStopped(db, hashOf(site, address)),
  };
}

function sign(site: Site, address: string): string {
  return createHmac("sha256", site.secret).update(`mail-stop ${address}`).digest("base64url").slice(0, 32);
}

function hashOf(site: Site, address: string): Uint8Array {
  return hashSecret(`${site.id} ${address.toLowerCase()}`);
}
