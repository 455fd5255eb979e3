import { setTimeout as sleep } from "node:timers/promises";
import type { Trial } from "../trial.ts";

const STOPS_WITHIN_MS = 10_000;

export const rollingStop: Trial = {
  title: "D1 a server that is told to stop, again and again, finishes what it began and fails nobody's message",
  async run({ server, random, forMs, expect, tell, history }) {
    const end = performance.now() + forMs;
    const took: number[] = [];
    while (performance.now() < end) {
      await sleep(random.between(1_000, 2_500));
      const { code, signal, afterMs } = await server.stop();
      expect(code === 0, `SIGTERM ended in ${signal ?? code}: ${server.said.slice(-4).join("\n")}`);
      expect(afterMs <= STOPS_WITHIN_MS, `the stop took ${Math.round(afterMs)} ms`);
      took.push(afterMs);
      await server.start();
    }
    const unanswered = history.ops.filter(
      ({ command, outcome, fault }) => command.type === "post" && outcome === "info" && fault !== undefined,
    );
    tell("slowest stop ms", Math.round(Math.max(...took)));
    tell("posts that were cut off unanswered", unanswered.length);
  },
};
