import type { ConversationId } from "../../../protocol/index.ts";
import type { Db } from "../../store/port.ts";
import { type ConversationRecord, shownOf } from "./conversation-record.ts";

/** More than that many talk at once nowhere; what is not kept is read. */
const KEPT = 2_000;

/** Keeps a conversation for the writing jobs to come, as this job leaves it. */
export function keep(db: Db, record: ConversationRecord): void {
  const { kept } = db;
  if (!kept) return;
  if (kept.size >= KEPT) for (const [oldest] of kept.entries().take(1)) kept.delete(oldest);
  record.stored = shownOf(record);
  kept.set(record.view.id, record);
}

/** What an earlier job kept of a conversation; the copy is the caller's own. */
export function keptRecord(db: Db, id: ConversationId): ConversationRecord | undefined {
  const record = db.kept?.get(id) as ConversationRecord | undefined;
  return record && { ...record };
}
