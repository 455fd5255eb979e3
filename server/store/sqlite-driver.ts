import type Database from "better-sqlite3";
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";

/*
 * Kysely's own SQLite driver takes a lock around its one connection and prepares every statement anew. Here the writer
 * already orders the jobs, and a transaction is its business: so this driver takes no lock, knows no transactions and
 * keeps what it prepared.
 */

const KEPT_STATEMENTS = 500;

/** A Kysely dialect that runs at once on an open better-sqlite3 connection. `ran` hears of what is not a query. */
export function onConnection(database: Database.Database, ran: (sql: string) => void = () => {}): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(database, ran),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function createDriver(database: Database.Database, ran: (sql: string) => void): Driver {
  const connection = createConnection(database, ran);
  const none = () => Promise.reject(new Error("Transactions belong to the writer"));
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: none,
    commitTransaction: none,
    rollbackTransaction: none,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
}

function createConnection(database: Database.Database, ran: (sql: string) => void): DatabaseConnection {
  const prepared = new Map<string, Database.Statement>();
  const prepare = (sql: string) => {
    const kept = prepared.get(sql);
    if (kept) return kept;
    if (prepared.size >= KEPT_STATEMENTS) prepared.clear();
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  return {
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const statement = prepare(sql);
      if (!statement.readonly) ran(sql);
      if (statement.reader) return { rows: statement.all(...parameters) as R[] };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    },
    // biome-ignore lint/correctness/useYield: Kysely asks for the method; nothing here streams.
    async *streamQuery() {
      throw new Error("Not streamed: page with a cursor");
    },
  };
}
