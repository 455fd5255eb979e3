import { setTimeout as sleep } from "node:timers/promises";
import { createNetwork, type Network } from "../network.ts";
import { createRandom } from "../random.ts";
import type { Trial } from "../trial.ts";

const HALF_MS = 500;

let network: Network;

export const slowLine: Trial = {
  title: "D8 a round trip of a second keeps everybody connected, and nobody connects in a loop",
  crowd: { visitors: 5, rude: 0, pauseMs: 1_500 },
  async between(server) {
    network = await createNetwork(server.port, createRandom(server.port), { delayMs: HALF_MS });
    return network;
  },
  async run({ forMs, history, crowd, tell, expect }) {
    await sleep(Math.max(forMs, 8_000));
    const up = [...crowd.visitors.flatMap(({ tabs }) => tabs), ...crowd.agents.map(({ connection }) => connection)];
    tell("connections made", network.made);
    // Reloads and tabs make some; a loop makes many.
    expect(network.made < up.length * 12, `${network.made} connections were made for ${up.length} sockets`);
    expect(
      history.ops.some(({ outcome, command }) => outcome === "ok" && command.type === "post"),
      "nobody could write",
    );
  },
};
