import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../server/clock.ts";
import type { AgentActor, VisitorActor } from "../../server/desk/actors.ts";
import { createDesk, type Desk } from "../../server/desk/desk.ts";
import { newAgent } from "../../server/desk/people/people.ts";
import type { Site } from "../../server/desk/sites/sites.ts";
import { createDiskBlobs } from "../../server/files/blobs.ts";
import { createLimits } from "../../server/limits.ts";
import { type Audience, createAudience } from "../../server/live/audience.ts";
import { createGateway, type Gateway } from "../../server/live/gateway.ts";
import { startHeads } from "../../server/live/heads.ts";
import { createPresence } from "../../server/live/presence.ts";
import { insertAgent } from "../../server/store/agents.ts";
import type { Store } from "../../server/store/port.ts";
import { openSqlite } from "../../server/store/sqlite.ts";

/* A whole desk without HTTP, on a database of its own and a clock that only the test moves. */

export const NOON = Date.UTC(2026, 4, 4, 12);
export const SHOP = "https://shop.example";
export const CAFE = "https://cafe.example";
export const HOME = "https://desk.example";
/** Pushes of heads and rows come when a test asks, not by the clock. */
const NEVER_MS = 2 ** 30;

export interface ManualClock extends Clock {
  advance(millis: number): void;
}

export interface Signed {
  actor: AgentActor;
  /** The `Cookie` header of their session. */
  cookie: string;
}

export interface TestDesk {
  readonly desk: Desk;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly audience: Audience;
  readonly gateway: Gateway;
  readonly file: string;
  /** Two sites, so that what belongs to one can be looked for in the other. */
  readonly shop: Site;
  readonly cafe: Site;
  readonly owner: Signed;
  /** What went wrong inside and was caught: a test of malformed input expects none. */
  readonly errors: unknown[];
  /** Tells every socket where the streams stand, as the server does every 12 seconds. */
  beat(): Promise<void>;
  /** A person who answers for the shop, unless told otherwise. */
  hire(name: string, sites?: readonly Site[]): Promise<Signed>;
  /** An anonymous visitor of the shop, unless told otherwise. */
  welcome(site?: Site): Promise<{ visitor: VisitorActor; token: string }>;
  isHome(origin: string): boolean;
  close(): Promise<void>;
}

/** `through` may stand between the desk and its store, to hold or break what passes. */
export async function openDesk({ through = (store: Store) => store } = {}): Promise<TestDesk> {
  const folder = mkdtempSync(join(tmpdir(), "deskbell-"));
  const file = join(folder, "deskbell.db");
  const store = through(await openSqlite(file));
  const clock = manualClock(NOON);
  const audience = createAudience();
  const presence = createPresence(audience);
  const blobs = createDiskBlobs(join(folder, "files"));
  const desk = createDesk({ store, clock, publish: audience, home: () => HOME, blobs });
  const errors: unknown[] = [];
  const isHome = (origin: string) => origin === HOME;
  const limits = createLimits(false);
  const gateway = createGateway({ desk, audience, presence, limits, isHome, log: (error) => errors.push(error) });
  const heads = startHeads(desk, audience, NEVER_MS);

  const signIn = async (actor: AgentActor): Promise<Signed> => {
    const { token } = await desk.sessions.begin(actor.key);
    return { actor, cookie: `deskbell_session=${token}` };
  };
  const openSites = async () => {
    const first = await hireOwner(desk);
    const shop = await desk.sites.create(first, { name: "Shop", origins: [SHOP] });
    const cafe = await desk.sites.create(first, { name: "Café", origins: [CAFE] });
    return { shop, cafe, owner: await signIn(await actorOf(desk, first.key)) };
  };
  const { shop, cafe, owner } = await openSites();

  return {
    desk,
    store,
    clock,
    audience,
    gateway,
    file,
    shop,
    cafe,
    owner,
    errors,
    isHome,
    beat: heads.beat,
    async hire(name, sites = [shop]) {
      const email = `${name.toLowerCase()}@desk.example`;
      const person = await desk.people.add(owner.actor, {
        email,
        name,
        role: "agent",
        sites: sites.map(({ id }) => id),
      });
      const actor = await desk.agents.memberOf(sites[0]?.key ?? shop.key, person.id);
      if (!actor) throw new Error(`${name} was not hired`);
      return signIn(actor);
    },
    welcome: (site = shop) => desk.visitors.welcome(site),
    async close() {
      heads.stop();
      audience.close();
      presence.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function manualClock(start: number): ManualClock {
  let now = start;
  return {
    now: () => now,
    advance(millis) {
      now += millis;
    },
  };
}

/** Written straight into the store: no test here waits for a password to be hashed. */
async function hireOwner(desk: Desk): Promise<AgentActor> {
  const values = { kind: "person", email: "olga@desk.example", name: "Olga", role: "owner", password: "-" } as const;
  const row = await desk.store.write((db) => insertAgent(db, { ...newAgent(desk.clock.now()), ...values }));
  return actorOf(desk, row.id);
}

async function actorOf(desk: Desk, key: number): Promise<AgentActor> {
  const actor = await desk.agents.byKey(key);
  if (!actor) throw new Error(`No agent ${key}`);
  return actor;
}
