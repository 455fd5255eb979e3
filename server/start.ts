import closeWithGrace from "close-with-grace";
import { type Logger, pino } from "pino";
import { type App, createApp } from "./app.ts";
import { systemClock } from "./clock.ts";
import { type Config, ConfigError, databaseFile, readConfig } from "./config.ts";
import { holdFolder, LockedError } from "./store/lock.ts";
import { LogError } from "./store/log-anew.ts";
import { openSqlite } from "./store/sqlite.ts";
import { startWatchdog } from "./watchdog.ts";

/** How long a stop may take before it is forced. */
const STOP_WITHIN_MS = 10_000;

export interface Started {
  readonly app: App;
  readonly config: Config;
  readonly log: Logger;
  /** Where people reach it. */
  readonly url: string;
  /** The link that makes the first owner, where there is none yet. */
  readonly setupUrl: string | undefined;
  close(): Promise<void>;
}

/** Starts the server from an environment. Throws a `ConfigError` with one clear sentence where that is wrong. */
export async function start({
  env,
  log = pino(),
}: {
  env: Record<string, string | undefined>;
  log?: Logger;
}): Promise<Started> {
  const config = readConfig(env);
  log.level = config.logLevel;
  if (!config.limits)
    log.warn("DESKBELL_LIMITS=off: there are NO rate limits. Only for load tests on a private machine.");
  const letGo = holdFolder(config.dataDir);
  const store = await openSqlite(databaseFile(config), { alarm: (what) => log.error(what), roomy: true });
  const app = createApp({ store, clock: systemClock, config, log });
  try {
    const setupToken = await app.desk.setup.prepare(config.owner);
    const url = await app.listen();
    const setupUrl = setupToken === undefined ? undefined : `${url}/console/setup?token=${setupToken}`;
    if (setupUrl !== undefined) log.info({ setupUrl }, "No owner yet: open this link once to set Deskbell up");
    log.info({ url }, "Deskbell listens");
    return { app, config, log, url, setupUrl, close: () => app.close().finally(letGo) };
  } catch (error) {
    await store.close();
    letGo();
    throw error;
  }
}

/** Starts it for the command line: says what is wrong in one sentence, and stops cleanly on SIGTERM and SIGINT. */
export async function run(env: Record<string, string | undefined> = process.env): Promise<Started> {
  try {
    const started = await start({ env });
    const unwatch = startWatchdog();
    closeWithGrace({ delay: STOP_WITHIN_MS, logger: false }, async ({ err }) => {
      if (err) started.log.fatal({ err }, "Stopping");
      // A stop has its own limit.
      unwatch();
      await started.close();
    });
    return started;
  } catch (error) {
    console.error(sentenceFor(error));
    process.exit(1);
  }
}

function sentenceFor(error: unknown): string {
  if ([ConfigError, LockedError, LogError].some((kind) => error instanceof kind)) return (error as Error).message;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
    return `Cannot listen: ${error.message.replace(/^listen EADDRINUSE: /, "")}. Set PORT to another one.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
