import { closeSync, openSync, readFileSync, readSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Trial } from "../trial.ts";

export const flippedByte: Trial = {
  title: "D10 a byte flipped in the write-ahead log is noticed, and people offer again what it took with it",
  crowd: { pauseMs: 80 },
  async run({ server, expect, history, tell, restored }) {
    await sleep(3_000);
    await server.kill();
    restored();
    const wal = `${server.file}-wal`;
    const at = middleOf(readFileSync(wal));
    const handle = openSync(wal, "r+");
    const byte = Buffer.alloc(1);
    readSync(handle, byte, 0, 1, at);
    byte.writeUInt8(byte.readUInt8() ^ 0x40);
    writeSync(handle, byte, 0, 1, at);
    closeSync(handle);
    tell("flipped at", at);
    await server.start();
    await sleep(2_500);
    expect(history.epochs.length > 1, "the log lost its end and keeps its epoch", "D10");
  },
};

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** The middle of what the log holds: behind that may lie what an earlier round left. */
function middleOf(log: Buffer): number {
  const frame = FRAME_HEADER_BYTES + log.readUInt32BE(8);
  let frames = 0;
  for (let at = HEADER_BYTES; at + frame <= log.length && log.compare(log, 16, 24, at + 8, at + 16) === 0; at += frame)
    frames += 1;
  return HEADER_BYTES + Math.floor(frames / 2) * frame + FRAME_HEADER_BYTES + 100;
}
