import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { percentile } from "../report.ts";
import type { Trial } from "../trial.ts";

const LOCKED_TO_MS = 30_000;
/** Whoever asks while the file is locked is told within this time. */
const ANSWERS_WITHIN_MS = 6_000;

export const lockedFile: Trial = {
  wholeMs: LOCKED_TO_MS,
  title: "D1 a file that another program locks for half a minute makes people wait a bounded time, and loses nothing",
  crowd: { depth: 1, rude: 0, replyAfterMs: 20_000 },
  async run({ server, forMs, history, expect, tell }) {
    await sleep(1_500);
    const other = new Database(server.file);
    other.exec("begin exclusive");
    const from = history.now();
    await sleep(Math.min(forMs, LOCKED_TO_MS));
    other.exec("rollback");
    other.close();
    const until = history.now();
    await sleep(1_000);
    const took = history.ops
      .filter(({ at, answeredAt }) => at >= from && at <= until && answeredAt !== undefined)
      .map(({ at, answeredAt = at }) => answeredAt - at);
    tell("slowest answer while locked, ms", Math.round(Math.max(...took)));
    tell("median", Math.round(percentile(took, 0.5)));
    expect(Math.max(...took) < ANSWERS_WITHIN_MS, `somebody waited ${Math.round(Math.max(...took))} ms for an answer`);
  },
};
