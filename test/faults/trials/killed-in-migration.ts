import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Trial } from "../trial.ts";
import { deadly } from "./killed-before-answer.ts";

export const killedInMigration: Trial = {
  title: "D1 a server killed in the middle of a migration finds everything again and migrates at its next start",
  async run({ server, expect, forMs }) {
    await sleep(Math.min(forMs, 3_000));
    await server.stop();
    const { armed, options } = deadly("migrating");
    server.options = options;
    for (let times = 0; times < 2; times++) {
      writeFileSync(armed, "");
      server.launch();
      server.expectExit();
      const exit = await server.ended();
      expect(
        exit?.signal === "SIGKILL",
        `the server did not die while it migrated: ${server.said.slice(-3).join("\n")}`,
      );
    }
    await server.start();
    await sleep(1_000);
  },
};
