import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

export type Dialect = "sqlite" | "postgres";
export type Param = string | number | null | Uint8Array;
type Soon<T> = T | Promise<T>;

/** Prepared plain SQL with `?` places, for the paths that every message takes. Statements are kept by their text. */
export interface Plain {
  get<R>(sql: string, ...params: Param[]): Soon<R | undefined>;
  all<R>(sql: string, ...params: Param[]): Soon<R[]>;
  /** The key of the row inserted, where the table has one of its own. */
  run(sql: string, ...params: Param[]): Soon<number>;
  /** `run` for a change that its caller also makes in what the jobs keep ({@link Db.kept}). */
  runKept(sql: string, ...params: Param[]): Soon<number>;
  /** Inserts a row; false where a unique index holds one like it already. */
  add(sql: string, ...params: Param[]): Soon<boolean>;
}

/** What a job works with: ordinary queries through Kysely, the log through prepared statements. */
export interface Db {
  readonly dialect: Dialect;
  readonly sql: Kysely<Schema>;
  readonly plain: Plain;
  /**
   * What writing jobs keep of conversations from one to the next, by id. Emptied whenever a row that shows in one was
   * changed otherwise, and whenever a job was undone. Readers keep nothing.
   */
  readonly kept?: Map<string, object>;
  /** Work for the end of the transaction, after all jobs that share it: what one job of many would do dearly. */
  atEnd(work: (db: Db) => Promise<void>): void;
}

/**
 * Where everything is kept. The SQL of each noun lies in a file of its name beside this one and takes a `Db`.
 *
 * `write` jobs run one after another inside a transaction, see what earlier jobs wrote, and resolve only once that is
 * durable (D1), in the order in which they were asked for. A job that throws leaves no trace and rejects alone.
 */
export interface Store {
  /** Changes when the database is restored from a backup (D10). */
  readonly epoch: string;
  /** Committed state only. */
  read<T>(job: (db: Db) => Promise<T>): Promise<T>;
  /** Refused with `unavailable` when more jobs wait than the queue holds, or the disk says no. */
  write<T>(job: (db: Db) => Promise<T>): Promise<T>;
  /** Finishes what was begun, then lets go of the file. */
  close(): Promise<void>;
}
