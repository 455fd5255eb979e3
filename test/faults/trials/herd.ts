import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Trial } from "../trial.ts";

const PEOPLE = join(import.meta.dirname, "../herd-people.ts");
const COMES_WITHIN_MS = 40_000;
const SYNCED_WITHIN_MS = 15_000;
const LONG_MS = 10_000;
const MANY = 5_000;
const FEW = 400;
const LOOK_EVERY_MS = 20;

let people: ChildProcess | undefined;

export const herd: Trial = {
  title: "D8 when everybody comes back at once everybody is greeted within 15 seconds, and nobody who talks is lost",
  crowd: { visitors: 4, rude: 0, pauseMs: 300 },
  async run({ server, stage, forMs, expect, tell }) {
    const count = forMs >= LONG_MS ? MANY : FEW;
    people = fork(PEOPLE, [server.url, stage.shop.key, String(count)]);
    let greeted = 0;
    people.on("message", (now) => {
      greeted = Number(now);
    });
    const all = async (withinMs: number) => {
      const end = performance.now() + withinMs;
      while (greeted < count && performance.now() < end) await sleep(LOOK_EVERY_MS);
      return greeted === count;
    };
    expect(await all(COMES_WITHIN_MS), `${greeted} of ${count} came`);
    await server.kill();
    // They learn of it on lines of their own.
    while (greeted > 0) await sleep(LOOK_EVERY_MS);
    await server.start();
    const back = await all(SYNCED_WITHIN_MS);
    tell("clients", count);
    tell("all back after ms", Math.round(performance.now() - server.startedAt));
    expect(back, `${count - greeted} of ${count} were not greeted within 15 s`);
    people.kill();
    await sleep(500);
  },
  done: () => people?.kill(),
};
