import { refuse } from "../../protocol/faults.ts";
import type { ConversationId } from "../../protocol/index.ts";
import { isZone } from "../../ui/zone.ts";
import type { Clock } from "../clock.ts";
import type { VisitorActor } from "../desk/actors.ts";
import { toEvent } from "../desk/conversations/log.ts";
import { findRecord } from "../desk/conversations/posting.ts";
import type { Site } from "../desk/sites/sites.ts";
import { listAfter, STREAMS } from "../store/events.ts";
import { countOf } from "../store/mail.ts";
import type { Store } from "../store/port.ts";
import type { Codes } from "./codes.ts";
import { messagesOf } from "./messages.ts";
import { mailSentences } from "./sentences.ts";
import type { Writing } from "./writing.ts";

const HOUR_MS = 60 * 60_000;
const HOURLY = 5;
const EVENTS = 2_000;

export interface Transcripts {
  /**
   * Mails a visitor's own conversation to the address that is proved to be theirs. Without one it is `forbidden` with the
   * field `email`: the client asks for an address and a code, and comes again.
   */
  send(
    site: Site,
    visitor: VisitorActor,
    conversation: ConversationId,
    reader: { locale: string; zone?: string | undefined },
  ): Promise<{ email: string }>;
}

export function createTranscripts(parts: { store: Store; clock: Clock; writing: Writing; codes: Codes }): Transcripts {
  const { store, clock, writing, codes } = parts;
  return {
    send: (site, visitor, conversation, { locale, zone = "UTC" }) =>
      store.write(async (db) => {
        const record = await findRecord(db, conversation, (found) => found.visitorKey === visitor.key);
        const address = await codes.proved(db, visitor);
        if (!address) return refuse("forbidden", "Confirm an address first", { field: "email" });
        if ((await countOf(db, visitor.key, "transcript", clock.now() - HOUR_MS)) >= HOURLY)
          return refuse("limited", "Too many transcripts", { afterMs: HOUR_MS });
        const rows = await listAfter(db, record.key, STREAMS.talk, 0, EVENTS);
        const t = mailSentences(locale);
        const events = rows.map((row) => toEvent(row, record));
        const reader = { t, locale, zone: isZone(zone) ? zone : "UTC" };
        await writing.put(
          db,
          { site, visitor: visitor.key, address, kind: "transcript" },
          {
            locale,
            subject: t.transcriptSubject(site.name),
            parts: [{ kind: "text", text: t.transcriptLead(site.name) }, ...messagesOf(events, reader)],
          },
        );
        return { email: address };
      }),
  };
}
