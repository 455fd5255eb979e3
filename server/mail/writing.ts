import type { Clock } from "../clock.ts";
import type { Site } from "../desk/sites/sites.ts";
import { mintId, toBytes } from "../store/ids.ts";
import { type MailKind, putMail } from "../store/mail.ts";
import type { Db } from "../store/port.ts";
import type { Letter } from "./letter.ts";

/** What every writer of letters needs. */
export interface Writing {
  /** Writes a letter down, in the transaction of what it tells of. It goes out once that is durable. */
  put(
    db: Db,
    to: { site: Site; visitor: number | null; address: string; kind: MailKind },
    letter: Draft,
  ): Promise<void>;
}

/** Who it comes from is the site's to say. */
export type Draft = Omit<Letter, "from" | "replyTo">;

export function createWriting(clock: Clock, written: () => void): Writing {
  return {
    async put(db, { site, visitor, address, kind }, draft) {
      const { replyTo } = site.settings.mail ?? {};
      const letter: Letter = { ...draft, from: site.name, ...(replyTo && { replyTo }) };
      const now = clock.now();
      const uid = toBytes(mintId(now));
      await putMail(db, { uid, site: site.key, visitor, kind, address, letter: JSON.stringify(letter), at: now });
      written();
    },
  };
}
