import type { Clock } from "../clock.ts";
import { toId } from "../store/ids.ts";
import { dueMail, forgetMailBefore, type MailRow, mailDone, mailFailed } from "../store/mail.ts";
import type { Store } from "../store/port.ts";
import type { Letter } from "./letter.ts";
import { type Carrier, isPermanent } from "./smtp.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** When it is tried again: over a day in all. */
const AGAIN_AFTER_MS = [1, 5, 15, 60, 180, 360, 720].map((minutes) => minutes * MINUTE_MS);
/** At once, so that a server which hangs holds up no more than these. */
const AT_ONCE = 3;
/** That there was a letter is remembered so long, for the limits. */
const COUNTED_MS = 2 * DAY_MS;
const TIDY_EVERY_MS = 60 * MINUTE_MS;

export interface Delivery {
  /** Sends what is due. Resolves when the tries that it began have ended. */
  deliver(): Promise<void>;
  close(): void;
}

/**
 * What is written down is sent at least once (D14): a letter leaves the table only when the other side has taken it, or
 * refused it for good, or a day of tries has passed.
 */
export function createDelivery(parts: {
  store: Store;
  clock: Clock;
  carrier: Carrier;
  log(error: unknown): void;
}): Delivery {
  const { store, clock, carrier } = parts;
  const going = new Set<number>();
  let closed = false;
  let tidied = 0;

  async function send(row: MailRow) {
    going.add(row.id);
    try {
      await carrier.send({ to: row.address, id: toId(row.uid), letter: JSON.parse(row.letter) as Letter });
      await store.write((db) => mailDone(db, row.id, clock.now()));
    } catch (error) {
      if (closed) return;
      const wait = AGAIN_AFTER_MS[row.tries];
      const over = wait === undefined || isPermanent(error);
      if (over) parts.log(withoutAddresses(error));
      await store
        .write((db) =>
          over ? mailDone(db, row.id, clock.now()) : mailFailed(db, row.id, row.tries + 1, clock.now() + wait),
        )
        .catch(parts.log);
    } finally {
      going.delete(row.id);
    }
  }

  return {
    async deliver() {
      if (closed || going.size >= AT_ONCE) return;
      const rows = await store.read((db) => dueMail(db, clock.now(), AT_ONCE * 2));
      const free = rows.filter(({ id }) => !going.has(id)).slice(0, AT_ONCE - going.size);
      await Promise.all(free.map(send));
      if (clock.now() < tidied + TIDY_EVERY_MS) return;
      tidied = clock.now();
      await store.write((db) => forgetMailBefore(db, tidied - COUNTED_MS));
    },
    close() {
      closed = true;
      carrier.close();
    },
  };
}

/** Looked for where it begins and at none of its letters after, or a long answer would take its length twice over. */
const ADDRESS = /(?<![^\s<>@])[^\s<>@]+@[^\s<>@]+/g;

/** What went wrong, and not for whom: who is erased would stay in the log. SMTP names them in its words, and in the error's fields. */
function withoutAddresses(error: unknown): Error {
  const { message, code, command, responseCode } = error as Error &
    Record<"code" | "command" | "responseCode", unknown>;
  return Object.assign(new Error(String(message).replace(ADDRESS, "…")), { code, command, responseCode });
}
