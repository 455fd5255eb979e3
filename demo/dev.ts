/** `npm run dev`: the demo, restarted as the server's files change, and what browsers load built anew as theirs do. */
import { spawn } from "node:child_process";
import { watch } from "node:fs";
import { join } from "node:path";
import { build, buildIfStale, SOURCES } from "./build.ts";

const ROOT = join(import.meta.dirname, "..");
/** Editors write several files at once. */
const SETTLE_MS = 150;
const STOP_WITHIN_MS = 12_000;

const say = (line: string) => console.log(line);
await buildIfStale(say);
const demo = spawn(process.execPath, ["--watch", "--watch-preserve-output", join(ROOT, "demo/start.ts")], {
  cwd: ROOT,
  stdio: "inherit",
});
demo.once("exit", (code) => process.exit(code ?? 0));

let building: Promise<void> | undefined;
let settling: NodeJS.Timeout | undefined;
for (const source of SOURCES) {
  watch(join(ROOT, source), { recursive: true }, (_, file) => {
    if (file?.includes(".test.")) return;
    clearTimeout(settling);
    settling = setTimeout(rebuild, SETTLE_MS);
  });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, stop);

async function rebuild(): Promise<void> {
  await building;
  const started = performance.now();
  building = build().then(
    () => say(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s`),
    () => say("The build failed: waiting for the next change"),
  );
}

/** It does not outlive us: a forgotten server would hold the port. */
function stop(): void {
  demo.kill("SIGTERM");
  setTimeout(() => demo.kill("SIGKILL"), STOP_WITHIN_MS).unref();
}
