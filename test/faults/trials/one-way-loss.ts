import { setTimeout as sleep } from "node:timers/promises";
import { createNetwork, type Network } from "../network.ts";
import { createRandom } from "../random.ts";
import type { Trial } from "../trial.ts";

/** What a carrier that pings every 25 s and waits 20 s for the answer needs at most. */
const FOUND_WITHIN_MS = 45_000;
const LOOK_EVERY_MS = 200;

let network: Network;

export const oneWayLoss: Trial = {
  title: "D8 a line that carries one way only is found within 45 seconds, and everybody is whole again",
  crowd: { visitors: 4, rude: 0, pauseMs: 400, replyAfterMs: 4_000 },
  async between(server) {
    network = await createNetwork(server.port, createRandom(server.port));
    return network;
  },
  async run({ crowd, random, expect, tell }) {
    await sleep(1_000);
    const connections = () => [
      ...crowd.visitors.flatMap(({ tabs }) => tabs),
      ...crowd.agents.map(({ connection }) => connection),
    ];
    const standing = connections().map((connection) => ({ connection, id: connection.socket.id }));
    network.weather.swallow = random.chance(0.5) ? "down" : "up";
    await sleep(1_000);
    const began = performance.now();
    // Lines made from now on are good again; those that stood stay deaf.
    network.weather.swallow = undefined;
    const deaf = () =>
      standing.filter(
        ({ connection, id }) => !connection.closed && connection.socket.id === id && connection.socket.connected,
      );
    while (deaf().length > 0 && performance.now() - began < FOUND_WITHIN_MS + 5_000) await sleep(LOOK_EVERY_MS);
    tell("found after ms", Math.round(performance.now() - began));
    expect(deaf().length === 0, `${deaf().length} connections did not notice that they were deaf`);
  },
};
