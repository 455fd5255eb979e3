import { setTimeout as sleep } from "node:timers/promises";
import { createNetwork, type Network } from "../network.ts";
import { createRandom } from "../random.ts";
import type { Trial } from "../trial.ts";

let network: Network;

export const badLine: Trial = {
  title:
    "D4 D5 a line that delays, loses one packet in ten and breaks in the middle of a message doubles and reorders nothing",
  async between(server) {
    network = await createNetwork(server.port, createRandom(server.port), { delayMs: 20, loss: 0.1 });
    return network;
  },
  async run({ random, forMs }) {
    const end = performance.now() + forMs;
    while (performance.now() < end) {
      await sleep(random.between(300, 1_200));
      network.reset();
    }
    network.weather.loss = 0;
  },
};
