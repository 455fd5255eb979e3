import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { databaseFile, readConfig } from "../server/config.ts";
import type { Started } from "../server/start.ts";
import { openSqlite } from "../server/store/sqlite.ts";
import { seed } from "./seed.ts";
import { createShop, type Shop } from "./shop-server.ts";

export type Environment = Record<string, string | undefined>;

export interface DemoParts {
  env: Environment;
  /** How the server is started, once everything is in its database. */
  serve(env: Environment): Promise<Started>;
  /** Builds what browsers load. */
  build(): Promise<void>;
  /** Says what takes a while. */
  say(line: string): void;
}

export interface Demo {
  readonly server: Started;
  readonly shop: Shop;
  readonly siteKey: string;
  /** A link into the console that works once. */
  signInUrl(): Promise<string>;
  close(): Promise<void>;
}

const SIGN_IN_LASTS_MS = 24 * 60 * 60 * 1000;

/** Starts the server and the shop, which is a website on another origin, with believable people in the database. */
export async function startDemo({ env, serve, build, say }: DemoParts): Promise<Demo> {
  const config = readConfig(env);
  // The shop's pages and the articles in messages name the server's address before it listens.
  const port = config.port || (await freePort(config.host));
  const deskbellUrl = config.publicUrl ?? `http://localhost:${port}`;
  const siteKey = Promise.withResolvers<string>();
  siteKey.promise.catch(() => {});
  const shop = await createShop({
    deskbellUrl,
    siteKey: siteKey.promise,
    port: shopPort(env, port),
    host: config.host,
  });
  try {
    const [seeded] = await Promise.all([fill(), build()]);
    const server = await serve({ ...env, PORT: String(port) });
    siteKey.resolve(seeded.siteKey);
    return {
      server,
      shop,
      siteKey: seeded.siteKey,
      signInUrl: async () => {
        const token = await server.app.desk.sessions.mintSignIn(seeded.owner, SIGN_IN_LASTS_MS);
        return `${server.url}/console/enter?token=${token}`;
      },
      close: async () => {
        await shop.close();
        await server.close();
      },
    };
  } catch (error) {
    siteKey.reject(error);
    await shop.close();
    throw error;
  }

  async function fill() {
    const file = databaseFile(config);
    const origins = [shop.url, shop.url.replace("localhost", "127.0.0.1")];
    const fillIn = async (path: string) => {
      const store = await openSqlite(path);
      return seed({ store, deskbellUrl, origins, owner: config.owner, say }).finally(() => store.close());
    };
    if (existsSync(file)) return fillIn(file);
    // Beside it first: whoever stops this half-way finds no half a demo at the next start.
    await rm(`${file}.filling`, { recursive: true, force: true });
    const seeded = await fillIn(`${file}.filling/deskbell.db`);
    await rename(`${file}.filling/deskbell.db`, file);
    await rm(`${file}.filling`, { recursive: true, force: true });
    return seeded;
  }
}

/** `DEMO_PORT`, else the one after the server's. What cannot be a port is no reason not to start: any other, then. */
function shopPort({ DEMO_PORT }: Environment, port: number): number {
  const wanted = DEMO_PORT?.trim() ? Number(DEMO_PORT) : port + 1;
  return Number.isInteger(wanted) && wanted > 0 && wanted < 65_536 ? wanted : 0;
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen({ port: 0, host }, () => {
      const bound = probe.address();
      probe.close(() => resolve(typeof bound === "object" && bound ? bound.port : 0));
    });
  });
}
