import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { mintId } from "./ids.ts";
import { openSqlite } from "./sqlite.ts";

const MOST_PAGES = 0x7fffffff;
/** What SQLite keeps beside a database while it is open, and after a crash. */
const RESTS = ["-wal", "-shm"];

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
 * that clients who know more than it does forget their caches and offer again what was acknowledged to them (D10). What
 * was there stays until the copy is proved, and is then kept beside it, whatever its state. The caller holds the folder.
 * Returns where that lies, if there was any.
 */
export async function restore(file: string, database: string, now: number): Promise<string | undefined> {
  if (!existsSync(file)) throw new BackupError(`There is no backup at ${file}.`);
  check(file);
  const partial = `${database}.partial`;
  try {
    copyAnew(file, partial, now);
    await prove(partial);
  } catch (error) {
    for (const rest of ["", ...RESTS]) rmSync(partial + rest, { force: true });
    throw error;
  }
  const old = moveAside(database, `${database}.before-${new Date(now).toISOString().replace(/[:.]/g, "-")}`);
  settle(partial, database);
  await prove(database).catch((error: Error) => {
    throw old === undefined ? error : new BackupError(`${error.message} What was there before is kept at ${old}.`);
  });
  return old;
}

function copyAnew(file: string, partial: string, now: number): void {
  for (const rest of RESTS) rmSync(partial + rest, { force: true });
  copyFileSync(file, partial);
  // What a crash left behind, and another restore moved aside, has a part of it only there.
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${partial}-wal`);
  const copy = new Database(partial);
  copy.prepare("update meta set value = ? where key = 'epoch'").run(mintId(now));
  copy.pragma("wal_checkpoint(truncate)");
  copy.pragma("journal_mode = delete");
  copy.close();
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

/** Migrates a backup of an older version, and sees that it opens and is whole. A newer one's is refused here. */
async function prove(database: string): Promise<void> {
  const store = await openSqlite(database).catch((error: Error) => {
    throw new BackupError(`The restored copy at ${database} does not open: ${error.message}`);
  });
  try {
    const row = await store.read(async (db) => db.plain.get<Record<string, unknown>>("pragma integrity_check"));
    const found = row && Object.values(row)[0];
    if (found !== "ok") throw new BackupError(`The restored copy at ${database} is damaged: ${String(found)}.`);
  } finally {
    await store.close();
  }
}

/**
 * Moves a database away with everything that stands beside it, also where only its log is left: SQLite would play that over
 * whatever takes its place. Nothing of it is opened, which can cost a damaged one its log. Returns the first new name.
 */
function moveAside(database: string, old: string): string | undefined {
  const there = ["", ...RESTS].filter((rest) => existsSync(database + rest));
  for (const rest of there) renameSync(database + rest, old + rest);
  return there[0] === undefined ? undefined : old + there[0];
}

/** A file stands under its name once its bytes are on the disk, never half. */
function settle(partial: string, file: string): void {
  // Left by the check, and empty.
  for (const rest of RESTS) rmSync(partial + rest, { force: true });
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
