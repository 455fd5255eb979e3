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

/** As many of one author's as a message carries: who begins more has given up the oldest. */
const BEGUN_AT_ONCE = 10;
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

/** Whose pieces they are. */
export interface Sender {
  site: number;
  by: FileAuthor;
}

export interface Pieces {
  /**
   * Adds a piece, if it is the next one, and says how many bytes are there; an empty one only asks. Once all are there,
   * `keep` has the file for as long as it runs, and what it returns is the answer. Refuses with `limited` where those of
   * the site would take more than `room` bytes, with `invalid` what becomes longer than it was to be.
   */
  add<T>(
    sender: Sender,
    piece: Piece,
    upload: Upload,
    room: number,
    keep: (whole: Upload) => Promise<T>,
  ): Promise<Added<T>>;
  /** Removes all that somebody has begun. */
  drop(by: FileAuthor): Promise<void>;
}

type Added<T> = { received: number } | { kept: T };

export function isPiece(name: string): boolean {
  return name.endsWith(ENDING);
}

export function createPieces(folder: () => string): Pieces {
  const inTurn = createTurns();

  const begun = async (): Promise<Begun[]> => {
    const names = (await readdir(folder()).catch(() => [])).filter(isPiece);
    return Promise.all(names.map((name) => look(join(folder(), name))));
  };
  const isBy =
    ({ kind, author }: FileAuthor) =>
    (one: Begun) =>
      one.kind === kind && one.author === author;

  const append = async ({ site, by }: Sender, path: string, upload: Upload, room: number) => {
    const all = (await begun()).filter((one) => one.site === site);
    const used = all.reduce((sum, { size }) => sum + size, upload.size);
    if (used > room) refuse("limited", "Too much is on its way", { afterMs: 60_000, field: "file" });
    const others = all.filter(isBy(by)).filter((one) => one.path !== path);
    others.sort((one, other) => other.touched - one.touched);
    for (const oldest of others.slice(BEGUN_AT_ONCE - 1)) await rm(oldest.path, { force: true });
    await pipeline(createReadStream(upload.path), createWriteStream(path, { flags: "a", mode: 0o600 }));
  };

  return {
    add(sender, { id, from, size }, upload, room, keep) {
      const { kind, author } = sender.by;
      const path = join(folder(), `${sender.site}-${kind}-${author}-${id}${ENDING}`);
      // Two tabs may send the same file: one piece of it after another.
      return inTurn(path, async () => {
        let received = (await look(path)).size;
        if (upload.size > 0 && from === received) {
          // One for all, or several that come at once would each find room.
          await inTurn(folder(), () => append(sender, path, upload, room));
          received += upload.size;
        }
        if (received < size) return { received };
        try {
          if (received > size) refuse("invalid", "The pieces are longer than the file", { field: "size" });
          const kept = await keep({ path, name: upload.name, size, hash: await hashOf(path), id });
          await rm(path, { force: true });
          return { kept };
        } catch (error) {
          // What will be refused again need not be sent again; what is left of all else waits for the next try.
          if (error instanceof Refusal && error.fault.retry === "never") await rm(path, { force: true });
          throw error;
        }
      });
    },
    async drop(by) {
      for (const { path } of (await begun()).filter(isBy(by))) await rm(path, { force: true });
    },
  };
}

/** Runs what has the same name one after the other. */
function createTurns(): <T>(name: string, job: () => Promise<T>) => Promise<T> {
  const turns = new Map<string, Promise<unknown>>();
  return (name, job) => {
    const turn = (turns.get(name) ?? Promise.resolve()).then(job);
    const over: Promise<unknown> = turn.then(
      () => turns.get(name) === over && turns.delete(name),
      () => turns.get(name) === over && turns.delete(name),
    );
    turns.set(name, over);
    return turn;
  };
}

interface Begun extends FileAuthor {
  path: string;
  site: number;
  size: number;
  /** When its last piece came. */
  touched: number;
}

async function look(path: string): Promise<Begun> {
  const [site = 0, kind = 0, author = 0] = basename(path).split("-", 3).map(Number);
  const found = await stat(path).catch(() => undefined);
  return { path, site, kind, author, size: found?.size ?? 0, touched: found?.mtimeMs ?? 0 };
}

async function hashOf(path: string): Promise<Uint8Array> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest();
}
