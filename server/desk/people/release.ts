import type { Event } from "../../../protocol/index.ts";
import { agentByKey } from "../../store/agents.ts";
import { byKey, heldBy } from "../../store/conversations.ts";
import type { Db } from "../../store/port.ts";
import { type ConversationRecord, fromRow } from "../conversations/conversation-record.ts";
import { append, type Draft, SYSTEM } from "../conversations/log.ts";
import { actorOf } from "./recognition.ts";

/** A conversation that is nobody's again, and what is to be told of it. */
export interface Released {
  readonly record: ConversationRecord;
  readonly stored: Event[];
}

const NOBODY: Draft = { type: "assigned", agent: null, agentKey: null };

/**
 * Frees the conversations that an agent holds on sites they no longer answer for: nobody waits for somebody who is gone.
 * A resolved one keeps its name, and is freed when it is opened again.
 */
export async function release(db: Db, agent: number, now: number): Promise<Released[]> {
  const sites = await sitesNow(db, agent);
  const released: Released[] = [];
  for (const row of await heldBy(db, agent)) if (!sites.has(row.site)) released.push(await free(db, fromRow(row), now));
  return released;
}

/** The same of one conversation, which has been opened again. */
export async function releaseReopened(db: Db, conversation: number, now: number): Promise<Released | undefined> {
  const row = await byKey(db, conversation);
  if (!row || row.assignee === null || row.status === "resolved") return undefined;
  return (await sitesNow(db, row.assignee)).has(row.site) ? undefined : free(db, fromRow(row), now);
}

async function free(db: Db, record: ConversationRecord, now: number): Promise<Released> {
  return { stored: await append(db, record, SYSTEM, now, [NOBODY]), record };
}

async function sitesNow(db: Db, agent: number): Promise<ReadonlySet<number>> {
  const row = await agentByKey(db, agent);
  const actor = row && row.removed_at === null ? await actorOf(db, row) : undefined;
  return actor?.sites ?? new Set();
}
