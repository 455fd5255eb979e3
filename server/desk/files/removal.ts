import { KINDS } from "../../store/events.ts";
import { dropFile, type FileAuthor, filesBy, filesIn } from "../../store/files.ts";
import { toId } from "../../store/ids.ts";
import type { Db } from "../../store/port.ts";
import type { Eraser } from "../people/erasure.ts";

/**
 * All files of an erased visitor, and what agents sent them, in the erasing transaction: from then on no address of
 * theirs answers. Their bytes follow within a minute (`Files.sweep`).
 */
export function createFileEraser(now: () => number): Eraser {
  return async (db, { visitor, conversations }) => {
    const rows = await filesBy(db, { kind: KINDS.visitor, author: visitor });
    for (const key of conversations) rows.push(...(await filesIn(db, key)));
    const each = new Map(rows.map((row) => [row.id, row]));
    for (const row of each.values()) await dropFile(db, row, now());
  };
}

/** The files of a message that was taken back. */
export async function dropFilesOf(db: Db, conversation: number, by: FileAuthor, ids: readonly string[], now: number) {
  if (ids.length === 0) return;
  for (const row of await filesIn(db, conversation)) {
    const theirs = row.kind === by.kind && row.author === by.author && ids.includes(toId(row.sent_as));
    if (theirs) await dropFile(db, row, now);
  }
}
