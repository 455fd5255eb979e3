import type { Event } from "../../protocol/index.ts";
import type { VisitorActor } from "./actors.ts";
import type { ConversationRecord } from "./conversations/conversation-record.ts";

/** Who is told what happened. The desk speaks only after the commit (D1); a push that is lost is found again (D8). */
export interface Publish {
  /** Events were stored, in this order. */
  stored(record: ConversationRecord, events: readonly Event[]): void;
  /** A read mark moved. */
  read(record: ConversationRecord, side: "visitor" | "agents", seq: number): void;
  /** A visitor said who they are, which is no event: what they write from now on bears it, and so do these rows. */
  changed(visitor: VisitorActor, records: readonly ConversationRecord[]): void;
}
