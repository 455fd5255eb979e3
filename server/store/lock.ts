import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

/** Why a data folder cannot be held: somebody else holds it, or nothing can be kept there. */
export class FolderError extends Error {
  override readonly name = "FolderError";
}

/**
 * Holds a data folder for one server, by a lock of the operating system that also a crash lets go of. Two servers on one
 * embedded database would each push only what they stored themselves; and nobody may restore under a running one.
 * Returns what lets go. Throws a {@link FolderError}.
 */
export function holdFolder(folder: string): () => void {
  let lock: Database.Database | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    lock = new Database(join(folder, "server.lock"), { timeout: 0 });
    lock.pragma("journal_mode = memory");
    lock.exec("begin exclusive");
    return () => lock?.close();
  } catch (error) {
    lock?.close();
    const { code, message } = error as Error & { code?: string };
    if (code === "SQLITE_BUSY") {
      throw new FolderError(`Another Deskbell runs on ${folder}. Stop it first, or set DATA_DIR to another folder.`);
    }
    throw new FolderError(`Cannot keep anything in ${folder} (${message}). Set DATA_DIR to another folder.`);
  }
}
