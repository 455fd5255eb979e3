import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

/* `npm start` runs a shell, and npm tells only the shell of a signal: it must make way for the server, or nobody stops it. */

const ROOT = join(import.meta.dirname, "..");
const SAYS_ITS_SIGNAL = `#!/bin/sh
trap 'echo stopped; exit 0' TERM INT
echo started
for n in 1 2 3 4 5 6 7 8 9 10; do sleep 0.1; done
echo unheard
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
  // What stands in the script is run as it is, with a server in place of Node that says what reached it.
  writeFileSync(join(folder, "node"), SAYS_ITS_SIGNAL);
  chmodSync(join(folder, "node"), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(["SIGTERM", "SIGINT"] as const)("%s of npm start reaches the server", async (signal) => {
  const { scripts } = (await import(join(ROOT, "package.json"), { with: { type: "json" } })).default;
  const shell = spawn("sh", ["-c", `${scripts.start} --bare`], {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  shell.stdout.on("data", (text) => {
    said += text;
    if (`${text}`.includes("started")) shell.kill(signal);
  });
  // Closed once nobody is left who could say more.
  const outcome = await new Promise((resolve) => shell.on("close", (code, by) => resolve(code ?? by)));
  expect([outcome, said]).toEqual([0, "started\nstopped\n"]);
});
