import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Refusal, refuse } from "../../../protocol/faults.ts";
import type { FileAuthor } from "../../store/files.ts";
import type { Upload } from "./files.ts";

/*
 * A large file comes in pieces, each a request of its own, so that a line that breaks or a page that is reloaded costs one
 * piece and not the file. How much is there is the length of a file named after its author and their id for it, so nothing
 * else has to be remembered, and it lies on this machine: another one says that it has nothing, and is sent everything.
 */

/** As many of one author's as a message carries. */
const BEGUN_AT_ONCE = 10;
/** Bytes that all that was begun may take on this machine. */
const MOST_BYTES = 2_000_000_000;
const ENDING = ".part";

/** Where a piece belongs. */
export interface Piece {
  /** The author's own id for the file, a UUIDv7. */
  id: string;
  /** The first of its bytes, from 0. */
  from: number;
  /** Bytes of the whole file. */
  size: number;
}

export interface Pieces {
  /**
   * Adds a piece, if it is the next one, and says how many bytes are there; an empty one only asks. Once all are there,
   * `keep` has the file for as long as it runs, and what it returns is the answer. Refuses with `limited` who has begun
   * too many, with `invalid` what becomes longer than it was to be.
   */
  add<T>(by: FileAuthor, piece: Piece, upload: Upload, keep: (whole: Upload) => Promise<T>): Promise<Added<T>>;
  /** Removes all that somebody has begun. */
  drop(by: FileAuthor): Promise<void>;
}

type Added<T> = { received: number } | { kept: T };

export function isPiece(name: string): boolean {
  return name.endsWith(ENDING);
}

export function createPieces(folder: () => string): Pieces {
  const turns = new Map<string, Promise<unknown>>();

  /** Two tabs may send the same file: one piece of it after another. */
  const inTurn = <T>(path: string, job: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(path) ?? Promise.resolve()).then(job, job);
    const over = turn.finally(() => turns.get(path) === over && turns.delete(path)).catch(() => {});
    turns.set(path, over);
    return turn;
  };

  const begun = async () =>
    (await readdir(folder()).catch(() => [])).filter(isPiece).map((name) => join(folder(), name));
  const begunBy = (by: FileAuthor, all: readonly string[]) =>
    all.filter((path) => basename(path).startsWith(prefixOf(by)));

  const assertRoom = async (by: FileAuthor, size: number) => {
    const all = await begun();
    const full = { afterMs: 60_000, field: "file" };
    if (begunBy(by, all).length >= BEGUN_AT_ONCE) refuse("limited", "Too many files are on their way", full);
    const sizes = await Promise.all(all.map(sizeOf));
    if (sizes.reduce((sum, one) => sum + one, size) > MOST_BYTES) refuse("limited", "Too much is on its way", full);
  };

  return {
    add(by, { id, from, size }, upload, keep) {
      const path = join(folder(), `${prefixOf(by)}${id}${ENDING}`);
      return inTurn(path, async () => {
        let received = await sizeOf(path);
        if (upload.size > 0 && from === received) {
          if (from === 0) await assertRoom(by, size);
          await pipeline(createReadStream(upload.path), createWriteStream(path, { flags: "a", mode: 0o600 }));
          received += upload.size;
        }
        if (received < size) return { received };
        try {
          if (received > size) refuse("invalid", "The pieces are longer than the file", { field: "size" });
          const kept = await keep({ path, name: upload.name, size, hash: await hashOf(path), id });
          await rm(path, { force: true });
          return { kept };
        } catch (error) {
          // What will be refused again need not be sent again; what only found no room now waits for the next try.
          if (error instanceof Refusal && error.fault.retry === "never") await rm(path, { force: true });
          throw error;
        }
      });
    },
    async drop(by) {
      for (const path of begunBy(by, await begun())) await rm(path, { force: true });
    },
  };
}

function prefixOf({ kind, author }: FileAuthor): string {
  return `${kind}-${author}-`;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

async function hashOf(path: string): Promise<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest();
}
