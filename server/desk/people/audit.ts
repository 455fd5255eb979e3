import { refuse } from "../../../protocol/faults.ts";
import type { AgentCard, AgentId, SiteId } from "../../../protocol/index.ts";
import { type AuditRow, deleteAuditBefore, insertAudit, listAudit } from "../../store/audit.ts";
import { toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";

/** What owners and admins do that others may ask about later. */
export const ACTIONS = [
  "desk.set-up",
  "person.added",
  "person.changed",
  "person.password",
  "person.invited",
  "person.removed",
  "invitation.accepted",
  "sessions.ended",
  "key.made",
  "key.removed",
  "site.added",
  "site.changed",
  "secret.rotated",
  "secret.retired",
  "visitor.erased",
  // How an article was changed its own revisions tell, as long as it is there.
  "article.removed",
  "collection.changed",
  "collection.removed",
  "reply.changed",
  "reply.removed",
] as const;
export type Action = (typeof ACTIONS)[number];

export interface Entry {
  id: string;
  at: number;
  action: Action;
  /** Absent for who set the desk up. */
  by?: AgentCard;
  site?: SiteId;
  /** The id of what was changed, and what it was called then. */
  target?: string;
  name?: string;
  /** Only what differs. */
  before?: Fields;
  after?: Fields;
  address?: string;
}

export interface Audit {
  /** The newest first; for owners only. */
  list(
    by: AgentActor,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<{ items: Entry[]; cursor?: string }>;
}

export type Fields = Readonly<Record<string, unknown>>;

export interface Change {
  action: Action;
  site?: number;
  target?: string;
  name?: string;
  before?: Fields;
  after?: Fields;
}

export function createAudit({ store }: { store: Store }): Audit {
  return {
    async list(by, { cursor, limit }) {
      if (by.role !== "owner") refuse("forbidden", "Only owners read the audit log");
      const before = cursor === undefined ? undefined : Number(cursor);
      if (before !== undefined && !Number.isSafeInteger(before)) refuse("invalid", "No such page", { field: "cursor" });
      const rows = await store.read((db) =>
        listAudit(db, { ...(before !== undefined && { before }), limit: limit + 1 }),
      );
      const items = rows.slice(0, limit).map(toEntry);
      const last = items.at(-1);
      return { items, ...(rows.length > limit && last && { cursor: last.id }) };
    },
  };
}

/** How long entries are kept. */
const KEPT_MS = 2 * 365 * 24 * 60 * 60 * 1000;
/** Never written down, whatever a change is made of. */
const SECRET = /secret|password|token|hash/i;
const VALUE_LENGTH = 2_000;

/** Writes down a change in the transaction that makes it: neither is there without the other. */
export async function audit(
  db: Db,
  at: number,
  by: Pick<AgentActor, "key" | "from"> | undefined,
  { action, site, target, name, before, after }: Change,
): Promise<void> {
  const [was, is] = differing(before, after);
  await deleteAuditBefore(db, at - KEPT_MS);
  await insertAudit(db, {
    at,
    agent: by?.key ?? null,
    site: site ?? null,
    action,
    target: target ?? null,
    name: name ?? null,
    before: was ? JSON.stringify(was) : null,
    after: is ? JSON.stringify(is) : null,
    address: by?.from ?? null,
  });
}

function differing(before: Fields | undefined, after: Fields | undefined): [Fields | undefined, Fields | undefined] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => !SECRET.test(name) && JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
  const only = (fields: Fields | undefined) => {
    if (!fields) return undefined;
    const kept = names
      .filter((name) => fields[name] !== undefined)
      .map((name) => [name, bounded(fields[name])] as const);
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  };
  return [only(before), only(after)];
}

function bounded(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text.length <= VALUE_LENGTH ? value : `${text.slice(0, VALUE_LENGTH)}…`;
}

function toEntry(row: AuditRow): Entry {
  return {
    id: String(row.id),
    at: row.at,
    action: row.action as Action,
    ...(row.agent_uid && { by: { id: toId<AgentId>(row.agent_uid), name: row.agent_name ?? "" } }),
    ...(row.site_uid && { site: toId<SiteId>(row.site_uid) }),
    ...(row.target !== null && { target: row.target }),
    ...(row.name !== null && { name: row.name }),
    ...(row.before !== null && { before: JSON.parse(row.before) as Fields }),
    ...(row.after !== null && { after: JSON.parse(row.after) as Fields }),
    ...(row.address !== null && { address: row.address }),
  };
}
