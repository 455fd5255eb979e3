import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../clock.ts";
import type { Blobs } from "../../files/blobs.ts";
import * as files from "../../store/files.ts";
import { toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import { isPiece } from "./pieces.ts";

/** How long an upload waits for its message: an outbox that comes back from a long flight fits. */
const WAITS_MS = 24 * 3_600_000;
/** No request takes longer to come in. */
const INCOMING_MS = 3_600_000;
const AT_ONCE = 100;

/** Removes uploads that nothing took, bytes that belong to nothing, and what was left half written. */
export function createSweep({ store, clock, blobs }: { store: Store; clock: Clock; blobs: Blobs }) {
  return async () => {
    await dropPending(store, clock.now());
    for (const uid of await store.read((db) => files.dueToGo(db, clock.now(), AT_ONCE))) {
      await blobs.remove(toId(uid));
      await store.write((db) => files.forgetGone(db, uid));
    }
    await clean(blobs.incoming);
  };
}

async function dropPending(store: Store, now: number): Promise<void> {
  const old = await store.read((db) => files.pendingBefore(db, now - WAITS_MS, AT_ONCE));
  for (const found of old) {
    await store.write(async (db) => {
      // A message may have taken it since: look again inside the transaction.
      const row = await files.fileByUid(db, found.uid);
      if (!row || row.bound_at !== null) return;
      const named = row.use === "article" && (await files.namedInArticles(db, row.site, toId(row.uid)));
      if (named) await files.keepFile(db, row.id, now);
      else await files.dropFile(db, row, now);
    });
  }
}

async function clean(folder: string): Promise<void> {
  const now = Date.now();
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < now - (isPiece(name) ? WAITS_MS : INCOMING_MS)) await rm(path, { force: true });
  }
}
