import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { Kysely } from "kysely";
import { mintId } from "./ids.ts";
import { writeAnew } from "./log-anew.ts";
import { makeRoom } from "./log-room.ts";
import { migrate } from "./migrate.ts";
import type { Db, Param, Plain, Store } from "./port.ts";
import type { Schema } from "./schema.ts";
import { onConnection } from "./sqlite-driver.ts";
import { damageOf } from "./wal-damage.ts";
import { createWriter, type Transaction } from "./writer.ts";

/** Older ones can corrupt the write-ahead log. */
const OLDEST_SQLITE = [3, 51, 3] as const;
/** How far the write-ahead log grows before it is folded into the file: 32 MB. */
const CHECKPOINT_PAGES = 8_000;
/** A page and the head of its frame. */
const FRAME_BYTES = 4_096 + 24;
const LOCKED_FOR_MS = 5_000;
const AGAIN_MS = 10;
const FULL = 2;
/** A change to rows that show in a conversation. */
const SHOWN = /\b(?:update|delete from) "?(?:conversation|visitor|agent)"?(?!\w)/i;

export interface Options {
  /** Told, in a sentence, when the write-ahead log was found damaged. */
  alarm?(what: string): void;
  /** Writes the log's whole length at the start, which makes every commit quicker: for a server that stays. */
  roomy?: boolean;
}

/**
 * The embedded store: one file, one connection that writes and one that reads what is committed. Creates the folder and
 * the file, migrates it, and refuses to start on an SQLite or a setting under which an acknowledged message could be lost.
 */
export async function openSqlite(file: string, { alarm = () => {}, roomy = false }: Options = {}): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true });
  const damage = damageOf(`${file}-wal`);
  if (damage !== undefined) alarm(damage);
  const writing = connect(file);
  const kept = new Map<string, object>();
  const writer = createWriter(transactionOn(writing, file, () => kept.clear()));
  const db = createDb(writing, (work) => writer.atEnd(() => work(db)), kept);
  const epoch = await exclusively(writing, async () => {
    writeAnew(`${file}-wal`);
    if (roomy) makeRoom(`${file}-wal`, CHECKPOINT_PAGES * FRAME_BYTES);
    await migrate(db.sql as unknown as Kysely<unknown>, "sqlite");
    return keepEpoch(db, damage !== undefined);
  });
  // From now on the writer waits for locks, without holding up everything else.
  writing.pragma("busy_timeout = 0");
  const reading = connect(file);
  reading.pragma("query_only = on");
  const committed = createDb(reading, () => {
    throw new Error("Nothing is written while reading");
  });

  return {
    epoch,
    read: (job) => job(committed),
    write: (job) => writer.write(() => job(db)),
    async close() {
      await writer.close();
      reading.close();
      writing.close();
    },
  };
}

function connect(file: string): Database.Database {
  const database = new Database(file, { timeout: LOCKED_FOR_MS });
  switchToLog(database);
  // On every connection: SQLite silently reopens at NORMAL, which loses acknowledged rows in a power cut (D1).
  database.pragma("synchronous = full");
  // A checkpoint halts every commit for milliseconds, and by default comes every hundred messages, for the same hot pages.
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.pragma("foreign_keys = off");
  database.pragma("cache_size = -65536");
  database.pragma("temp_store = memory");
  assertSafe(database);
  return database;
}

/** Of several that open a new file at once SQLite refuses all but one, without waiting as it does for any other lock. */
function switchToLog(database: Database.Database): void {
  const end = performance.now() + LOCKED_FOR_MS;
  for (;;) {
    try {
      return void database.pragma("journal_mode = wal");
    } catch (error) {
      const locked = error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY");
      if (!locked || performance.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
    }
  }
}

function assertSafe(database: Database.Database): void {
  const version = database.prepare("select sqlite_version()").pluck().get() as string;
  const parts = version.split(".").map(Number);
  for (const [index, least] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) break;
    if (part < least) throw new Error(`SQLite ${version} is too old: Deskbell needs ${OLDEST_SQLITE.join(".")}`);
  }
  const mode = database.pragma("journal_mode", { simple: true });
  if (mode !== "wal") throw new Error(`SQLite runs in ${mode} mode: this disk cannot hold a write-ahead log`);
  if (database.pragma("synchronous", { simple: true }) !== FULL) throw new Error("SQLite is not at synchronous=FULL");
}

async function exclusively<T>(database: Database.Database, job: () => Promise<T>): Promise<T> {
  database.exec("begin exclusive");
  try {
    const result = await job();
    database.exec("commit");
    return result;
  } catch (error) {
    database.exec("rollback");
    throw error;
  }
}

/** Another one where the log lost its end: whoever knows more than we do offers it again (D10). */
async function keepEpoch(db: Db, anew: boolean): Promise<string> {
  const row = await db.sql.selectFrom("meta").select("value").where("key", "=", "epoch").executeTakeFirst();
  if (row && !anew) return row.value;
  const epoch = mintId();
  if (row) await db.sql.updateTable("meta").set({ value: epoch }).where("key", "=", "epoch").execute();
  else await db.sql.insertInto("meta").values({ key: "epoch", value: epoch }).execute();
  return epoch;
}

function createDb(database: Database.Database, atEnd: Db["atEnd"], kept?: Map<string, object>): Db {
  const ran = (sql: string) => {
    if (kept && SHOWN.test(sql)) kept.clear();
  };
  const sql = new Kysely<Schema>({ dialect: onConnection(database, ran) });
  return { dialect: "sqlite", sql, plain: createPlain(database, ran), atEnd, ...(kept && { kept }) };
}

function createPlain(database: Database.Database, ran: (sql: string) => void): Plain {
  const prepared = new Map<string, Database.Statement<Param[]>>();
  const prepare = (sql: string) => {
    let statement = prepared.get(sql);
    if (!statement) {
      // A join on `= ?` is planned anew with every value bound, which costs more than the query; `+?` hides the value.
      statement = database.prepare<Param[]>(sql.startsWith("select") ? sql.replaceAll("?", "+?") : sql);
      prepared.set(sql, statement);
    }
    return statement;
  };
  return {
    get: <R>(sql: string, ...params: Param[]) => prepare(sql).get(...params) as R | undefined,
    all: <R>(sql: string, ...params: Param[]) => prepare(sql).all(...params) as R[],
    run(sql, ...params) {
      ran(sql);
      return Number(prepare(sql).run(...params).lastInsertRowid);
    },
    runKept: (sql, ...params) => Number(prepare(sql).run(...params).lastInsertRowid),
    add(sql, ...params) {
      try {
        prepare(sql).run(...params);
        return true;
      } catch (error) {
        if (error instanceof Database.SqliteError && error.code === "SQLITE_CONSTRAINT_UNIQUE") return false;
        throw error;
      }
    },
  };
}

/** `undone` hears that something was. */
function transactionOn(database: Database.Database, file: string, undone: () => void): Transaction {
  const statement = (sql: string) => {
    const prepared = database.prepare(sql);
    return () => void prepared.run();
  };
  const begin = statement("begin immediate");
  const assertThere = watch(file);
  const rollback = statement("rollback");
  const undoTo = statement("rollback to job");
  const release = statement("release job");
  return {
    begin() {
      assertThere();
      begin();
    },
    commit: statement("commit"),
    rollback() {
      undone();
      rollback();
    },
    mark: statement("savepoint job"),
    keep: release,
    undo() {
      undone();
      undoTo();
      release();
    },
    isLocked: (error) => error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY"),
    // After a sync that failed the kernel may call clean what never reached the disk: the next sync would lie.
    isBroken: (error) => error instanceof Database.SqliteError && error.code === "SQLITE_IOERR_FSYNC",
  };
}

/**
 * Throws where the file or its log is not the one that was opened: what is written into a file that was moved away or
 * removed would be acknowledged and found by no restart (D1).
 */
function watch(file: string): () => void {
  const inodes = new Map<string, number>();
  return () => {
    for (const path of [file, `${file}-wal`]) {
      const inode = statSync(path, { throwIfNoEntry: false })?.ino;
      const known = inodes.get(path);
      if (inode === undefined || (known !== undefined && known !== inode)) {
        throw new Error(`${path} was moved away or removed while it was open`);
      }
      inodes.set(path, inode);
    }
  };
}
