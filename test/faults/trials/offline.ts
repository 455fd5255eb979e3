import { setTimeout as sleep } from "node:timers/promises";
import type { Trial } from "../trial.ts";

const AWAY_TO_MS = 10 * 60_000;
const WRITES = 40;

export const offline: Trial = {
  wholeMs: AWAY_TO_MS,
  title: "D5 D15 what a visitor writes while the network is away goes out in order when it is back",
  crowd: { visitors: 3, rude: 0 },
  async run({ crowd, forMs, expect }) {
    await sleep(1_500);
    const awayMs = Math.min(forMs, AWAY_TO_MS);
    const backs = crowd.visitors.map((visitor) => visitor.offline(awayMs));
    for (let n = 1; n <= WRITES; n++) {
      for (const visitor of crowd.visitors) visitor.write(`${visitor.name} writes on the train ${n}`);
      await sleep(awayMs / WRITES / 2);
    }
    expect(
      crowd.visitors.every(({ unsent }) => unsent.length >= WRITES / 2),
      "messages left while the network was away",
    );
    await Promise.all(backs);
    await sleep(1_000);
  },
};
