import { execFileSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerOptions, ServerProcess } from "./server-process.ts";

/* A disk and a clock in a trial's hands: `disk.c`, compiled when first needed and preloaded into the server. */

export const ERRNO = { EIO: 5, ENOSPC: 28, EROFS: 30 } as const;
const FIELDS = { write: 0, sync: 4, open: 8 } as const;
const CLOCK_AT = 16;
const CONTROL_BYTES = 24;
const HEAD_BYTES = 24;

export interface Disk {
  readonly options: ServerOptions;
  /** Writes, syncs or openings for writing fail with this errno; 0: they work again. */
  fail(what: keyof typeof FIELDS, errno: number): void;
  /** The server's wall clock from now on. */
  shiftClock(millis: number): void;
  /**
   * After a kill: takes back what was written and never synced, and what a failed sync lost and nobody wrote anew, as a
   * power cut does. Returns how many bytes that was.
   */
  cutPower(server: ServerProcess): number;
  remove(): void;
}

/** Why there is no such disk here, if there is none. */
export function noDisk(): string | undefined {
  if (process.platform !== "linux") return "needs Linux, to preload a library into the server";
  return library() === undefined
    ? "needs a C compiler (gcc), to build a library that is preloaded into the server"
    : undefined;
}

export function createDisk(): Disk {
  const preload = library();
  if (preload === undefined) throw new Error(noDisk());
  const folder = mkdtempSync(join(tmpdir(), "deskbell-disk-"));
  const control = join(folder, "control");
  const undo = join(folder, "undo");
  mkdirSync(undo);
  const handle = openSync(control, "w+");
  writeSync(handle, Buffer.alloc(CONTROL_BYTES));

  return {
    options: {
      env: {
        LD_PRELOAD: preload,
        FAULTS_CONTROL: control,
        FAULTS_UNDO: undo,
        FAULTS_FOLDER: join(tmpdir(), "deskbell-faults-"),
      },
    },
    fail(what, errno) {
      const value = Buffer.alloc(4);
      value.writeInt32LE(errno);
      writeSync(handle, value, 0, 4, FIELDS[what]);
    },
    shiftClock(millis) {
      const value = Buffer.alloc(8);
      value.writeBigInt64LE(BigInt(millis));
      writeSync(handle, value, 0, 8, CLOCK_AT);
    },
    cutPower({ file, running }) {
      if (running) throw new Error("The power is cut after the kill");
      let bytes = 0;
      for (const path of [file, `${file}-wal`]) {
        const kept = join(undo, `${path.split("/").at(-1)}`);
        for (const [kind, take] of [
          [".undo", undoAll],
          [".lost", takeLost],
        ] as const) {
          if (!existsSync(kept + kind)) continue;
          if (existsSync(path)) bytes += take(path, readFileSync(kept + kind));
          rmSync(kept + kind);
        }
      }
      rmSync(`${file}-shm`, { force: true });
      return bytes;
    },
    remove() {
      closeSync(handle);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Change {
  where: number;
  /** How long the file was. */
  size: number;
  /** What stood there. */
  old: Buffer;
}

function* changesIn(records: Buffer): Generator<Change> {
  for (let at = 0; at + HEAD_BYTES <= records.length; ) {
    const [where, size, held] = headAt(records, at);
    at += HEAD_BYTES;
    yield { where, size, old: records.subarray(at, at + held) };
    at += held;
  }
}

function headAt(records: Buffer, at: number): [number, number, number] {
  const field = (offset: number) => Number(records.readBigInt64LE(at + offset));
  return [field(0), field(8), field(16)];
}

/** The newest change first, as it was before. */
function undoAll(path: string, records: Buffer): number {
  const handle = openSync(path, "r+");
  for (const { where, size, old } of [...changesIn(records)].reverse()) {
    writeSync(handle, old, 0, old.length, where);
    ftruncateSync(handle, size);
  }
  closeSync(handle);
  return records.length;
}

/** By failed syncs and good ones in turn: puts back what the disk still holds, where nothing was written anew. */
function takeLost(path: string, parts: Buffer): number {
  const file = readFileSync(path);
  const lost = new Uint8Array(file.length);
  for (let at = 0; at + HEAD_BYTES <= parts.length; ) {
    const [, reached, length] = headAt(parts, at);
    at += HEAD_BYTES;
    for (const { where, old } of changesIn(parts.subarray(at, at + length))) {
      if (reached) lost.fill(0, where, where + old.length);
      // What was lost before is not what the disk holds.
      else for (const [n, byte] of old.entries()) if (!lost[where + n]) file[where + n] = byte;
      if (!reached) lost.fill(1, where, where + old.length);
    }
    at += length;
  }
  const handle = openSync(path, "r+");
  for (let from = lost.indexOf(1); from >= 0; ) {
    const end = lost.indexOf(0, from);
    const to = end < 0 ? lost.length : end;
    writeSync(handle, file, from, to - from, from);
    from = lost.indexOf(1, to);
  }
  closeSync(handle);
  return parts.length;
}

let built: string | null | undefined;
function library(): string | undefined {
  if (built !== undefined) return built ?? undefined;
  const folder = mkdtempSync(join(tmpdir(), "deskbell-preload-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "disk.so");
  try {
    const source = join(import.meta.dirname, "disk.c");
    execFileSync("gcc", ["-shared", "-fPIC", "-O1", "-Wall", "-o", file, source, "-ldl"], { stdio: "pipe" });
    built = file;
  } catch {
    built = null;
  }
  return built ?? undefined;
}
