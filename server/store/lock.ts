import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** Somebody else holds what only one may hold. */
export class LockedError extends Error {
  override readonly name = "LockedError";
}

/**
 * Holds a data folder for one server, by a lock of the operating system that also a crash lets go of. Two servers on one
 * embedded database would each push only what they stored themselves; and nobody may restore under a running one.
 * Returns what lets go. Throws a {@link LockedError}.
 */
export function holdFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const lock = new Database(join(folder, "server.lock"), { timeout: 0 });
  try {
    lock.pragma("journal_mode = memory");
    lock.exec("begin exclusive");
  } catch {
    lock.close();
    throw new LockedError(`Another Deskbell runs on ${folder}. Stop it first, or set DATA_DIR to another folder.`);
  }
  return () => lock.close();
}
