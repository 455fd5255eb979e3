/**
 * `npm test`: every check in order, none hidden by one that failed before it. The last line is `N passed, N failed`:
 * the tests that Vitest counted, and one for each of the other steps.
 */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Count {
  passed: number;
  failed: number;
}

interface Step {
  name: string;
  run(folder: string): Promise<Count>;
}

const ROOT = join(import.meta.dirname, "..");

const steps: Step[] = [
  { name: "types", run: () => once("typescript/bin/tsc", "--noEmit") },
  { name: "lint and format", run: () => once("@biomejs/biome/bin/biome", "check", "--error-on-warnings") },
  { name: "build", run: () => once("vite/bin/vite.js", "build", "--logLevel", "warn") },
  { name: "units, parts and laws", run: (folder) => vitest(folder, "unit", "dom") },
  { name: "faults", run: (folder) => vitest(folder, "faults") },
  { name: "browser", run: (folder) => vitest(folder, "browser") },
  { name: "sizes", run: () => run([join(ROOT, "test/sizes.ts")]).then(toCount) },
];

console.log(`Node ${process.version}`);
const folder = await mkdtemp(join(tmpdir(), "deskbell-test-"));
const total: Count = { passed: 0, failed: 0 };
for (const step of steps) {
  console.log(`\n== ${step.name}`);
  const started = performance.now();
  const count = await step.run(folder);
  total.passed += count.passed;
  total.failed += count.failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${count.failed === 0 ? "ok" : "FAILED"}: ${step.name}, ${seconds} s`);
}
await rm(folder, { recursive: true, force: true });
// Set, not called: what was printed must be out before the process ends.
process.exitCode = total.failed === 0 ? 0 : 1;
console.log(`\n${total.passed} passed, ${total.failed} failed`);

function once(program: string, ...args: string[]): Promise<Count> {
  return run([join(ROOT, "node_modules", program), ...args]).then(toCount);
}

async function vitest(folder: string, ...projects: string[]): Promise<Count> {
  const report = join(folder, `${projects.join("-")}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const program = join(ROOT, "node_modules/vitest/vitest.mjs");
  const ok = await run([program, "run", ...projects.map((name) => `--project=${name}`), ...reporters]);
  const told = await readFile(report, "utf8").then(JSON.parse, () => undefined);
  const { numPassedTests: passed = 0, numFailedTests: failed = 0 } = told ?? {};
  // A file that does not load, or an error outside any test, fails the run without failing a test.
  return { passed, failed: ok ? failed : Math.max(failed, 1) };
}

/** Runs a program of Node's to its end, printing what it prints. Resolves to whether it succeeded. */
function run(args: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", () => resolve(false));
    child.on("close", (code) => resolve(code === 0));
  });
}

function toCount(ok: boolean): Count {
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
