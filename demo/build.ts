import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
/** What the browsers' files are made of. */
export const SOURCES = ["widget", "console", "ui", "protocol", "vite.config.ts", "package-lock.json"];
/** The last of them to be written. */
const MADE = ["dist/widget/widget.js", "dist/console/index.html"];

/** Builds what browsers load, where it is missing or older than what it is made of. Rejects where that fails. */
export async function buildIfStale(say: (line: string) => void): Promise<void> {
  if (!(await isStale())) return;
  say("Building the widget and the console ...");
  await build();
}

export async function build(): Promise<void> {
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  const child = spawn(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: ROOT, stdio: "inherit" });
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error("The build failed: what is wrong stands above");
}

async function isStale(): Promise<boolean> {
  const made = MADE.map((file) => join(ROOT, file));
  if (!made.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...(await Promise.all(made.map(async (file) => (await stat(file)).mtimeMs))));
  const newest = await Promise.all(SOURCES.map((source) => newestIn(join(ROOT, source))));
  return Math.max(...newest) > oldest;
}

async function newestIn(path: string): Promise<number> {
  const { mtimeMs } = await stat(path);
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && !entry.name.includes(".test."));
  const times = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs));
  return Math.max(mtimeMs, ...times);
}
