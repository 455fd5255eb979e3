import { randomInt, timingSafeEqual } from "node:crypto";
import { refuse } from "../../protocol/faults.ts";
import type { Clock } from "../clock.ts";
import type { VisitorActor } from "../desk/actors.ts";
import { hashSecret } from "../desk/people/secrets.ts";
import type { Site } from "../desk/sites/sites.ts";
import { codeOf, confirm, countOf, countTo, isConfirmed, putCode } from "../store/mail.ts";
import type { Db, Store } from "../store/port.ts";
import { visitorByKey } from "../store/visitors.ts";
import { mailSentences } from "./sentences.ts";
import type { Writing } from "./writing.ts";

const HOUR_MS = 60 * 60_000;
const VALID_MS = HOUR_MS / 4;
const TRIES = 5;
const DIGITS = 6;
/** Nobody is flooded with codes: neither by one visitor, nor by many who name the same address. */
const HOURLY_OF_VISITOR = 5;
const HOURLY_TO_ADDRESS = 3;
const DAILY_TO_ADDRESS = 6;

export interface Codes {
  /** Sends a code to an address that the visitor says is theirs. Nothing that they wrote stands in the mail. */
  send(site: Site, visitor: VisitorActor, address: string, locale: string): Promise<void>;
  /** Refuses a wrong code with `invalid`; the fifth wrong one ends it. */
  enter(visitor: VisitorActor, code: string): Promise<{ email: string }>;
  /** The address that is proved to be this visitor's: the site signed it, or they read a code there. */
  proved(db: Db, visitor: VisitorActor): Promise<string | undefined>;
}

export function createCodes({ store, clock, writing }: { store: Store; clock: Clock; writing: Writing }): Codes {
  return {
    send: (site, visitor, address, locale) =>
      store.write(async (db) => {
        const now = clock.now();
        const over =
          (await countOf(db, visitor.key, "code", now - HOUR_MS)) >= HOURLY_OF_VISITOR ||
          (await countTo(db, address, "code", now - HOUR_MS)) >= HOURLY_TO_ADDRESS ||
          (await countTo(db, address, "code", now - 24 * HOUR_MS)) >= DAILY_TO_ADDRESS;
        if (over) refuse("limited", "Too many codes", { afterMs: HOUR_MS, field: "email" });
        const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");
        await putCode(db, visitor.key, { address, hash: hashOf(visitor, code), tries: 0, expires_at: now + VALID_MS });
        const t = mailSentences(locale);
        await writing.put(
          db,
          { site, visitor: visitor.key, address, kind: "code" },
          {
            locale,
            subject: t.codeSubject(site.name, code),
            parts: [
              { kind: "text", text: t.codeLead(site.name) },
              { kind: "code", text: code },
              { kind: "text", text: t.codeEnds },
            ],
          },
        );
      }),
    async enter(visitor, code) {
      // A wrong try must count, so the refusal comes after the transaction.
      const address = await store.write(async (db) => {
        const known = await codeOf(db, visitor.key);
        if (!known || known.expires_at < clock.now() || known.tries >= TRIES) return undefined;
        if (!timingSafeEqual(known.hash, hashOf(visitor, code))) {
          await putCode(db, visitor.key, { ...known, tries: known.tries + 1 });
          return undefined;
        }
        await putCode(db, visitor.key, undefined);
        await confirm(db, visitor.key, known.address, clock.now());
        return known.address;
      });
      return address === undefined
        ? refuse("invalid", "This code is wrong or too old", { field: "code" })
        : { email: address };
    },
    async proved(db, visitor) {
      const row = await visitorByKey(db, visitor.key);
      if (!row?.email) return undefined;
      return row.verified || (await isConfirmed(db, row.id, row.email)) ? row.email : undefined;
    },
  };
}

function hashOf(visitor: VisitorActor, code: string): Uint8Array {
  return hashSecret(`${visitor.id} ${code}`);
}
