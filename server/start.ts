import closeWithGrace from "close-with-grace";
import { type Logger, pino } from "pino";
import { type App, createApp } from "./app.ts";
import { systemClock } from "./clock.ts";
import { type Config, ConfigError, databaseFile, readConfig } from "./config.ts";
import { FolderError, holdFolder } from "./store/lock.ts";
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
  if (config.redisUrl) log.warn("REDIS_URL is set, but this version is one process and asks no Redis: unset it.");
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

/** Why it does not start, in one sentence for the person who starts it; of what nobody expected, all there is to know. */
export function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ([ConfigError, FolderError, LogError].some((kind) => error instanceof kind)) return error.message;
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === "getaddrinfo" || code === "EADDRNOTAVAIL") {
    return `Cannot listen: ${message}. Set HOST to an address of this machine.`;
  }
  if (syscall === "listen") {
    return `Cannot listen: ${message.replace(/^listen E\w+: /, "")}. Set PORT to another one.`;
  }
  return error.stack ?? message;
}
