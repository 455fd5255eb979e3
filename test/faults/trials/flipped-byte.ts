import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
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
    const { size } = statSync(wal);
    const handle = openSync(wal, "r+");
    const byte = Buffer.alloc(1);
    const at = Math.floor(size * 0.5);
    readSync(handle, byte, 0, 1, at);
    byte.writeUInt8(byte.readUInt8() ^ 0x40);
    writeSync(handle, byte, 0, 1, at);
    closeSync(handle);
    tell("log bytes", size);
    await server.start();
    await sleep(2_500);
    expect(history.epochs.length > 1, "the log lost its end and keeps its epoch");
  },
};
