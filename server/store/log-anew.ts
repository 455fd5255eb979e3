import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { endOf } from "./wal-damage.ts";

/** The disk does not take what the write-ahead log holds. */
export class LogError extends Error {
  override readonly name = "LogError";
}

/**
 * Writes the write-ahead log over itself and syncs it. After a sync that failed the kernel calls clean what never reached
 * the disk: it can be read, no later sync would write it, and whoever sends it again is told that it is stored (D1). In
 * place rather than by a checkpoint, so that a power cut meanwhile finds the old log or the same one, never a part of it
 * to be played over a newer file. The caller holds the database's exclusive lock, so that nobody appends meanwhile.
 */
export function writeAnew(log: string): void {
  try {
    const bytes = readFileSync(log);
    const handle = openSync(log, "r+");
    try {
      writeFileSync(handle, bytes.subarray(0, endOf(bytes)));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new LogError(`The disk does not take the write-ahead log ${log}, so nothing is served from it: ${why}`);
  }
}
