import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { mintId } from "./ids.ts";
import { openSqlite } from "./sqlite.ts";

const MOST_PAGES = 0x7fffffff;

/** Why a file cannot be taken for a database of ours. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/** Copies the database to a file, page by page and consistent, also while a server writes to it. Checks what it wrote. */
export async function backup(database: string, file: string): Promise<void> {
  if (!existsSync(database)) throw new BackupError(`There is no database at ${database}.`);
  if (existsSync(file)) throw new BackupError(`${file} exists already: a backup overwrites nothing.`);
  const from = new Database(database, { readonly: true, timeout: 30_000 });
  const partial = `${file}.partial`;
  try {
    // In one step: between two, whoever writes makes it begin again, and beside a busy server it would never end.
    await from.backup(partial, { progress: () => MOST_PAGES });
  } finally {
    from.close();
  }
  check(partial);
  settle(partial, file);
}

/**
 * Puts a backup in the database's place. The file is checked first and never changed; the database gets a new epoch, so
 * that clients who know more than it does forget their caches and offer again what was acknowledged to them (D10). The
 * database that was there is kept beside it. The caller holds the folder. Returns where the old one lies, if there was one.
 */
export async function restore(file: string, database: string, now: number): Promise<string | undefined> {
  if (!existsSync(file)) throw new BackupError(`There is no backup at ${file}.`);
  check(file);
  const partial = `${database}.partial`;
  copyFileSync(file, partial);
  const copy = new Database(partial);
  copy.prepare("update meta set value = ? where key = 'epoch'").run(mintId(now));
  copy.pragma("wal_checkpoint(truncate)");
  copy.pragma("journal_mode = delete");
  copy.close();
  const old = existsSync(database)
    ? `${database}.before-${new Date(now).toISOString().replace(/[:.]/g, "-")}`
    : undefined;
  if (old !== undefined) keepAside(database, old);
  settle(partial, database);
  // Migrates a backup of an older version, and proves that it opens.
  await (await openSqlite(database)).close();
  return old;
}

function check(file: string): void {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true });
    const found = database.pragma("integrity_check", { simple: true });
    if (found !== "ok") throw new BackupError(`${file} is damaged: ${String(found)}`);
    const epoch = database.prepare("select value from meta where key = 'epoch'").get();
    if (!epoch) throw new BackupError(`${file} is not a Deskbell database.`);
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(`${file} is not a Deskbell database: ${(error as Error).message}`);
  } finally {
    database?.close();
  }
}

/** With everything that is only in its write-ahead log yet. */
function keepAside(database: string, old: string): void {
  const last = new Database(database);
  last.pragma("wal_checkpoint(truncate)");
  last.close();
  renameSync(database, old);
  for (const rest of ["-wal", "-shm"]) rmSync(database + rest, { force: true });
}

/** A file stands under its name once its bytes are on the disk, never half. */
function settle(partial: string, file: string): void {
  sync(partial);
  renameSync(partial, file);
  sync(dirname(file));
}

function sync(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
