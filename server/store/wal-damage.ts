import { existsSync, readFileSync } from "node:fs";

/*
 * SQLite reads its write-ahead log up to the first frame whose checksum is wrong, and says nothing about what stands
 * behind it: after a crash that is a commit nobody was told of. A damaged byte in the middle looks the same and silently
 * takes every later commit with it, though `integrity_check` says ok. The difference can be seen only here, before the
 * log is opened: behind an unfinished commit there is nothing of the same log. Format: sqlite.org/fileformat2.html#walformat
 */

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** Of the header, and of a frame's header, that the checksum covers. */
const HEADER_SUMMED_BYTES = 24;
const FRAME_SUMMED_BYTES = 8;
const SALT_IN_HEADER = 16;
const SALT_IN_FRAME = 8;
const SALT_BYTES = 8;
const MAGIC = 0x377f0682;

/** What is wrong with a write-ahead log that lost commits, as a sentence; undefined where it lost none, or is not there. */
export function damageOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const log = readFileSync(file);
  if (log.length < HEADER_BYTES + FRAME_HEADER_BYTES) return undefined;
  // Room was made for it, and nothing written yet.
  if (log.subarray(0, HEADER_BYTES + FRAME_HEADER_BYTES).every((byte) => byte === 0)) return undefined;
  const magic = log.readUInt32BE(0);
  const frameBytes = FRAME_HEADER_BYTES + log.readUInt32BE(8);
  const big = (magic & 1) === 1;
  let sum: Sum = add(log, 0, HEADER_SUMMED_BYTES, [0, 0], big);
  if ((magic & ~1) !== MAGIC || !isAt(log, HEADER_SUMMED_BYTES, sum)) {
    return "The head of the write-ahead log is damaged: what was only in it is lost";
  }
  const salt = saltAt(log, SALT_IN_HEADER);
  const isOfThisLog = (at: number) => saltAt(log, at + SALT_IN_FRAME).equals(salt);
  let broken: number | undefined;
  for (let at = HEADER_BYTES; at + frameBytes <= log.length; at += frameBytes) {
    if (broken !== undefined) {
      if (isOfThisLog(at))
        return `The write-ahead log is damaged at byte ${broken}: what was stored after that is lost`;
      continue;
    }
    sum = add(log, at, FRAME_SUMMED_BYTES, sum, big);
    sum = add(log, at + FRAME_HEADER_BYTES, frameBytes - FRAME_HEADER_BYTES, sum, big);
    if (!isOfThisLog(at) || !isAt(log, at + 16, sum)) broken = at;
  }
  return undefined;
}

/** Where the frames of the newest log end: behind that lies room, or what an earlier round left. */
export function endOf(log: Buffer): number {
  if (log.length < HEADER_BYTES) return 0;
  const frameBytes = FRAME_HEADER_BYTES + log.readUInt32BE(8);
  let at = HEADER_BYTES;
  while (at + frameBytes <= log.length && saltAt(log, at + SALT_IN_FRAME).equals(saltAt(log, SALT_IN_HEADER)))
    at += frameBytes;
  return at;
}

function saltAt(log: Buffer, at: number): Buffer {
  return log.subarray(at, at + SALT_BYTES);
}

type Sum = [number, number];

/** Of 32-bit words, in the byte order that the log was written in. */
function add(log: Buffer, at: number, bytes: number, [first, second]: Sum, big: boolean): Sum {
  let a = first;
  let b = second;
  for (let word = at; word < at + bytes; word += 8) {
    a = (a + (big ? log.readUInt32BE(word) : log.readUInt32LE(word)) + b) >>> 0;
    b = (b + (big ? log.readUInt32BE(word + 4) : log.readUInt32LE(word + 4)) + a) >>> 0;
  }
  return [a, b];
}

function isAt(log: Buffer, at: number, [first, second]: Sum): boolean {
  return log.readUInt32BE(at) === first && log.readUInt32BE(at + 4) === second;
}
