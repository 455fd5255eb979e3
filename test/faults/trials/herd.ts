import { setTimeout as sleep } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { Trial } from "../trial.ts";

const SYNCED_WITHIN_MS = 15_000;
const LONG_MS = 10_000;
const MANY = 5_000;
const FEW = 400;
const AT_ONCE = 100;

export const herd: Trial = {
  title: "D8 when everybody comes back at once everybody is greeted within 15 seconds, and nobody who talks is lost",
  crowd: { visitors: 4, rude: 0, pauseMs: 300 },
  async run({ server, stage, forMs, expect, tell }) {
    const count = forMs >= LONG_MS ? MANY : FEW;
    const herd: { socket: Socket; token?: string; greeted: boolean }[] = [];
    const come = () => {
      const one: (typeof herd)[number] = {
        greeted: false,
        socket: io(`${server.url}/visitor`, {
          auth: (give) => give({ v: 1, site: stage.shop.key, ...(one.token && { token: one.token }) }),
          transports: ["websocket"],
          forceNew: true,
          reconnectionDelay: 200,
          reconnectionDelayMax: 2_000,
          extraHeaders: { origin: stage.shop.origin },
        }),
      };
      one.socket.on("hello", (hello: { token?: string }) => {
        one.greeted = true;
        one.token ??= hello.token as string;
      });
      one.socket.on("disconnect", () => {
        one.greeted = false;
      });
      herd.push(one);
    };
    const missing = () => herd.filter(({ greeted }) => !greeted).length;
    while (herd.length < count) {
      for (let n = 0; n < AT_ONCE; n++) come();
      while (missing() > AT_ONCE) await sleep(20);
    }
    while (missing() > 0) await sleep(50);
    await server.kill();
    await server.start();
    const began = performance.now();
    while (missing() > 0 && performance.now() - began < SYNCED_WITHIN_MS) await sleep(50);
    tell("clients", count);
    tell("all back after ms", Math.round(performance.now() - began));
    expect(missing() === 0, `${missing()} of ${count} were not greeted within 15 s`);
    for (const { socket } of herd) socket.disconnect();
    await sleep(500);
  },
};
