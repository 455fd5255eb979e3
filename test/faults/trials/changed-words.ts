import { setTimeout as sleep } from "node:timers/promises";
import type { Trial } from "../trial.ts";

export const changedWords: Trial = {
  title:
    "D9 D11 what agents edited shows as they left it, and what they took back nowhere, though the server dies meanwhile",
  crowd: { visitors: 3, pauseMs: 100, changes: 0.5 },
  async run({ server, history, forMs, tell }) {
    await sleep(forMs / 2);
    await server.kill();
    await server.start();
    await sleep(forMs / 2);
    const done = history.ops.filter(({ outcome }) => outcome === "ok").map(({ command }) => command.type);
    tell("edited", done.filter((type) => type === "edit").length);
    tell("taken back", done.filter((type) => type === "redact").length);
  },
};
