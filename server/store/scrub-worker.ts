import { statSync } from "node:fs";
import { workerData } from "node:worker_threads";
import Database from "better-sqlite3";
import { makeRoom } from "./log-room.ts";

/** As long as the server waits for a lock, and a little less. */
const LOCKED_FOR_MS = 3_000;
/** Pages of the full-text index that one step writes anew: no message waits long behind it. */
const MERGED_AT_ONCE = 200;
/** A larger file takes longer to write anew than a message may wait: there, what is free is overwritten only. */
const REWRITTEN_BYTES = 256 * 1024 * 1024;

const file = workerData as string;
const log = `${file}-wal`;
const room = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
const database = new Database(file, { timeout: LOCKED_FOR_MS });
try {
  database.pragma("synchronous = full");
  database.pragma("secure_delete = on");
  mergeTexts();
  if (statSync(file).size <= REWRITTEN_BYTES) database.exec("vacuum");
  emptyLog();
} finally {
  database.close();
}

/** Writes the parts of the index anew, without what was deleted from them. */
function mergeTexts(): void {
  const merge = database.prepare("insert into message_text (message_text, rank) values ('merge', ?)");
  const changes = database.prepare("select total_changes()").pluck();
  for (let pages = -MERGED_AT_ONCE; ; pages = MERGED_AT_ONCE) {
    const before = changes.get() as number;
    merge.run(pages);
    // The statement itself counts as one; nothing more was done where it is the only one.
    if ((changes.get() as number) - before < 2) return;
  }
}

/** Folds the log into the file and cuts it off, then gives it back the room that commits are quicker with. */
function emptyLog(): void {
  const [state] = database.pragma("wal_checkpoint(truncate)") as { busy: number }[];
  if (state?.busy) throw new Error("The write-ahead log is in use");
  database.exec("begin exclusive");
  makeRoom(log, room);
  database.exec("commit");
}
