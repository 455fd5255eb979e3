import { setTimeout as sleep } from "node:timers/promises";
import type { Trial } from "../trial.ts";

const STOPS_WITHIN_MS = 10_000;
/** How Socket.IO calls it when the client ends a connection. */
const LEFT = new Set(["io client disconnect", "forced close"]);

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
    // Not those whose own author left in the middle of them.
    const unanswered = history.ops.filter(
      ({ command, cutBy }) => command.type === "post" && cutBy !== undefined && !LEFT.has(cutBy),
    );
    // Whoever begins in the very moment of the cut sends it again; whoever writes on and on is answered before.
    expect(unanswered.length <= took.length, `${unanswered.length} posts were cut off in ${took.length} stops`);
    tell("stops", took.length);
    tell("slowest stop ms", Math.round(Math.max(...took)));
    tell("posts that were cut off unanswered", unanswered.length);
  },
};
