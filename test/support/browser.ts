import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { unpackChromium } from "./bundled-chromium.ts";

/** Flags for a quiet browser in a container. Web security stays on: the tests are about pages on foreign origins. */
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
];

const SYSTEM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];
const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Starts a headless Chromium and says on stderr which: `CHROMIUM_PATH`, else the system's, else the one that came
 * with the packages. `DESKBELL_BROWSER=bundled` takes the last one in any case. Whoever launches it closes it.
 */
export async function launchBrowser(options: Pick<LaunchOptions, "ignoreDefaultArgs"> = {}): Promise<Browser> {
  const system = process.env.DESKBELL_BROWSER === "bundled" ? undefined : systemChromium();
  if (system) {
    const browser = await chromium.launch({ ...options, executablePath: system, args: QUIET });
    process.stderr.write(`Browser: Chromium ${browser.version()} of this system, ${system}\n`);
    return browser;
  }
  const bundled = await unpackChromium();
  const browser = await chromium.launch({
    ...options,
    executablePath: bundled.path,
    args: [...QUIET, "--no-zygote"],
    env: { ...(process.env as Record<string, string>), ...bundled.env },
  });
  process.stderr.write(`Browser: Chromium ${browser.version()} from the packages, ${bundled.path}\n`);
  return browser;
}

function systemChromium(): string | undefined {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (!runs(wanted)) throw new Error(`CHROMIUM_PATH is ${wanted}, which cannot be run`);
    return wanted;
  }
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const found = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...SYSTEM_PATHS, ...found].find(runs);
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
