import { setTimeout as sleep } from "node:timers/promises";
import type { Trial } from "../trial.ts";

const FROZEN_TO_MS = 60_000;

export const frozen: Trial = {
  wholeMs: FROZEN_TO_MS,
  title: "D8 a server that froze for a while and goes on has nobody's view torn",
  crowd: { replyAfterMs: 3_000 },
  async run({ server, forMs, tell }) {
    await sleep(1_500);
    const frozenMs = Math.min(forMs, FROZEN_TO_MS);
    server.signal("SIGSTOP");
    await sleep(frozenMs);
    server.signal("SIGCONT");
    await sleep(1_500);
    tell("frozen ms", Math.round(frozenMs));
  },
};
