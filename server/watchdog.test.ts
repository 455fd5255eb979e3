import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const LIMIT_MS = 500;

/** A process of its own under the watchdog, which then runs `script`. */
function underWatch(script: string) {
  const watchdog = JSON.stringify(join(import.meta.dirname, "watchdog.ts"));
  const program = `const { startWatchdog } = await import(${watchdog}); startWatchdog(${LIMIT_MS}); ${script}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: string | null; said: string }>((resolve) =>
    child.once("close", (code, signal) => resolve({ code, signal, said })),
  );
  const ready = new Promise((resolve) => child.stdout.once("data", resolve));
  return { child, ended, ready };
}

describe("The watchdog", () => {
  test("ends a process whose event loop stands still, and says why", async () => {
    const { ended } = underWatch("for (;;);");
    const { signal, said } = await ended;
    expect(signal).toBe("SIGKILL");
    expect(said).toMatch(/event loop stood still/);
  });

  test("leaves alone what works, and what was frozen whole for longer", async () => {
    const { child, ended, ready } = underWatch(
      `process.on("SIGUSR2", () => setTimeout(() => process.exit(7), ${3 * LIMIT_MS}));
      setInterval(() => {}, 1000);
      console.log("ready");`,
    );
    await ready;
    child.kill("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 4 * LIMIT_MS));
    child.kill("SIGCONT");
    child.kill("SIGUSR2");
    expect(await ended).toMatchObject({ code: 7, signal: null });
  });

  test("does not keep a process that has nothing to do", async () => {
    const { ended } = underWatch("");
    expect((await ended).code).toBe(0);
  });
});
