import { type AgentCommand, type ArticleCard, type FileCard, refuse } from "../../../protocol/index.ts";
import { toTime } from "../../clock.ts";
import * as events from "../../store/events.ts";
import type { Db } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";
import { unlearn } from "../articles/learning.ts";
import { dropFilesOf } from "../files/removal.ts";
import type { Outcome } from "./agent-commands.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import { agentWriter, append, toEvent } from "./log.ts";
import { findRecord } from "./posting.ts";

type Asked<T extends AgentCommand["type"]> = Extract<AgentCommand, { type: T }>;

/** Changes the words of an agent's own message. The old ones stay in the log, the new ones are an event of their own. */
export async function edit(db: Db, now: number, agent: AgentActor, command: Asked<"edit">): Promise<Outcome> {
  const { target, text } = command;
  const { record, body, posted } = await ownMessage(db, agent, command);
  if (text.trim() === "" && !body.article && !body.files?.length)
    refuse("invalid", "Cannot edit: the message would be empty", { field: "text" });
  const last = await lastChange(db, record, target);
  if (body.gone || last?.type === "redacted")
    refuse("invalid", "Cannot edit: the message was taken back", { field: "target" });
  const current = last?.type === "edited" ? last.text : body.text;
  if (current === text) return { reply: { ok: true, again: true, event: last ?? posted } };
  const stored = await append(db, record, agentWriter(agent), now, [{ type: "edited", target, text }]);
  return { reply: { ok: true, ...(stored[0] && { event: stored[0] }) }, record, stored };
}

/**
 * Takes an agent's own message back: its words leave the log too, and what its article learned from it. Whom it was the
 * answer for waits again, since they had waited before it.
 */
export async function redact(db: Db, now: number, agent: AgentActor, command: Asked<"redact">): Promise<Outcome> {
  const { target } = command;
  const { record, body } = await ownMessage(db, agent, command);
  const last = await lastChange(db, record, target);
  if (last?.type === "redacted") return { reply: { ok: true, again: true, event: last } };
  await events.replaceBody(db, record.key, events.STREAMS.talk, target, events.GONE);
  const by = { kind: events.KINDS.agent, author: agent.key };
  await dropFilesOf(db, record.key, by, body.files?.map(({ id }) => id) ?? [], now);
  for (const change of await changesOf(db, record, target)) {
    const emptied = JSON.stringify({ target, text: "" });
    await events.replaceBody(db, record.key, events.STREAMS.talk, change.seq, emptied);
  }
  const since = record.view.resolvedAt === undefined ? await events.unansweredSince(db, record.key) : undefined;
  const waiting = since === undefined ? {} : { waiting: toTime(since) };
  const stored = await append(db, record, agentWriter(agent), now, [{ type: "redacted", target, ...waiting }]);
  const { article } = body;
  if (article) db.atEnd(() => unlearn(db, record, target, article.id));
  return { reply: { ok: true, ...(stored[0] && { event: stored[0] }) }, record, stored };
}

/** A message of an agent, as it lies in the log. */
interface Kept {
  text: string;
  gone?: boolean;
  files?: FileCard[];
  article?: ArticleCard;
}

async function ownMessage(db: Db, agent: AgentActor, { conversation, target }: Asked<"redact"> | Asked<"edit">) {
  const record = await findRecord(db, conversation, (found) => agent.sites.has(found.siteKey));
  const row = await events.at(db, record.key, events.STREAMS.talk, target);
  if (row?.type !== "posted") return refuse("not-found", "No such message", { field: "target" });
  if (row.kind !== events.KINDS.agent || row.author !== agent.key) {
    return refuse("forbidden", "Cannot change a message that is not yours", { field: "target" });
  }
  return { record, body: JSON.parse(row.body) as Kept, posted: toEvent(row, record) };
}

/** The newest edit or redaction of a message. */
async function lastChange(db: Db, record: ConversationRecord, target: number) {
  return (await changesOf(db, record, target)).at(-1);
}

async function changesOf(db: Db, record: ConversationRecord, target: number) {
  const rows = await events.listAfter(db, record.key, events.STREAMS.talk, target, Number.MAX_SAFE_INTEGER);
  return rows
    .map((row) => toEvent(row, record))
    .filter((event) => event.type === "edited" || event.type === "redacted")
    .filter((event) => event.target === target);
}
