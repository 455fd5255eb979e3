import { setTimeout as sleep } from "node:timers/promises";
import { createNetwork } from "../network.ts";
import { createRandom } from "../random.ts";
import type { Trial } from "../trial.ts";

export const blockedUpgrade: Trial = {
  title: "D8 where a proxy refuses WebSockets visitors talk by long-polling, and nothing is lost on it",
  crowd: { visitors: 6, rude: 0, transports: ["polling", "websocket"], pauseMs: 200 },
  async between(server) {
    return createNetwork(server.port, createRandom(server.port), { noUpgrade: true });
  },
  async run({ crowd, forMs, expect }) {
    await sleep(Math.max(4_000, forMs));
    const polling = crowd.visitors.flatMap(({ tabs }) => tabs).filter(({ up }) => up);
    expect(polling.length > 0, "no visitor got through by long-polling");
    expect(
      polling.every(({ socket }) => socket.io.engine.transport.name === "polling"),
      "a WebSocket got through",
    );
  },
};
