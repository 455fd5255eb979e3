import Database from "better-sqlite3";
import type { ConversationId, Event, EventId, Stream } from "../../protocol/index.ts";
import { toId } from "../../server/store/ids.ts";

/* What lies in the database, read past all of the server's own code. */

/** One row of the log. `body` is the event's own fields. */
export interface LogEvent {
  seq: number;
  id: EventId;
  kind: "system" | "visitor" | "agent";
  /** The agent who wrote it, by public id. */
  agent: string | undefined;
  type: Event["type"];
  body: LogBody;
}

/** What the checker looks at of an event's own fields; the others are there as well. */
export interface LogBody {
  text?: string;
  target?: number;
  gone?: boolean;
  agent?: { id: string } | null;
  episode?: number;
  solved?: boolean;
  rating?: number;
  add?: string[];
  remove?: string[];
  until?: string;
}

export interface LogConversation {
  id: ConversationId;
  site: string;
  visitor: string;
  head: Record<Stream, number>;
  read: { visitor: number; agents: number };
  talk: LogEvent[];
  desk: LogEvent[];
}

export interface Log {
  epoch: string;
  conversations: Map<ConversationId, LogConversation>;
  /** What SQLite says of the file. */
  integrity: string;
}

interface HeadRow {
  id: number;
  uid: Buffer;
  site: Buffer;
  visitor: Buffer;
  talk_head: number;
  desk_head: number;
  read_visitor: number;
  read_agents: number;
}

const HEADS = `select c.id, c.uid, s.uid as site, v.uid as visitor, c.talk_head, c.desk_head, c.read_visitor, c.read_agents
  from conversation c join site s on s.id = c.site join visitor v on v.id = c.visitor`;

const EVENTS = `select e.conversation, e.stream, e.seq, e.uid, e.kind, a.uid as agent, e.type, e.body
  from event e left join agent a on e.kind = 2 and a.id = e.author order by e.conversation, e.stream, e.seq`;

/** The whole log. */
export function readLog(file: string): Log {
  return reading(file, (database) => {
    const keyed = new Map<number, LogConversation>();
    for (const row of database.prepare<[], HeadRow>(HEADS).all()) keyed.set(row.id, toConversation(row));
    const rows = database
      .prepare<
        [],
        {
          conversation: number;
          stream: number;
          seq: number;
          uid: Buffer;
          kind: number;
          agent: Buffer | null;
          type: string;
          body: string;
        }
      >(EVENTS)
      .all();
    for (const { conversation, stream, seq, uid, kind, agent, type, body } of rows) {
      const found = keyed.get(conversation);
      if (!found) throw new Error(`An event lies in conversation ${conversation}, which is none`);
      found[stream === 0 ? "talk" : "desk"].push({
        seq,
        id: toId<EventId>(uid),
        kind: (["system", "visitor", "agent"] as const)[kind] ?? "system",
        agent: agent ? toId(agent) : undefined,
        type: type as Event["type"],
        body: JSON.parse(body),
      });
    }
    return {
      epoch: database.prepare("select value from meta where key = 'epoch'").pluck().get() as string,
      conversations: new Map([...keyed.values()].map((one) => [one.id, one])),
      integrity: String(database.pragma("integrity_check", { simple: true })),
    };
  });
}

/** Every text that lies anywhere in the file, whatever it is for, with the table that it lies in. */
export function* readTexts(file: string): Generator<{ table: string; text: string }> {
  const texts = reading(file, (database) => {
    const tables = database
      .prepare<[], string>("select name from sqlite_schema where type = 'table' and sql not like 'create virtual%'")
      .pluck()
      .all();
    return tables.map((table) => ({
      table,
      rows: database.prepare<[], unknown[]>(`select * from "${table}"`).raw().all(),
    }));
  });
  for (const { table, rows } of texts) {
    for (const row of rows) for (const text of row) if (typeof text === "string") yield { table, text };
  }
}

/** Where the streams stand, without the events. */
export function readHeads(file: string): LogConversation[] {
  return reading(file, (database) => database.prepare<[], HeadRow>(HEADS).all().map(toConversation));
}

function reading<T>(file: string, job: (database: Database.Database) => T): T {
  const database = new Database(file, { readonly: true, timeout: 5_000 });
  try {
    return database.transaction(() => job(database))();
  } finally {
    database.close();
  }
}

function toConversation(row: HeadRow): LogConversation {
  return {
    id: toId<ConversationId>(row.uid),
    site: toId(row.site),
    visitor: toId(row.visitor),
    head: { talk: row.talk_head, desk: row.desk_head },
    read: { visitor: row.read_visitor, agents: row.read_agents },
    talk: [],
    desk: [],
  };
}
