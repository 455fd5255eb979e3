import { randomBytes } from "node:crypto";
import type { Clock } from "../server/clock.ts";
import type { AgentActor } from "../server/desk/actors.ts";
import { createDesk, type Desk } from "../server/desk/desk.ts";
import type { Publish } from "../server/desk/publish.ts";
import type { Site } from "../server/desk/sites/sites.ts";
import { agentsOfKind } from "../server/store/agents.ts";
import type { Store } from "../server/store/port.ts";
import { ENGLISH } from "./seed/conversations-en.ts";
import { CHINESE } from "./seed/conversations-zh.ts";
import { importHelp } from "./seed/help.ts";
import { SAVED_REPLIES } from "./seed/replies.ts";
import { tell } from "./seed/tell.ts";

const SITE_NAME = "Finch & Ohm";
const DAY_MS = 24 * 60 * 60 * 1000;

export interface SeedParts {
  store: Store;
  /** Where Deskbell itself is reached. */
  deskbellUrl: string;
  /** The shop's origins; the first is the one that is printed. */
  origins: string[];
  /** Whom the environment names as the owner. */
  owner?: { email: string; password: string } | undefined;
  say(line: string): void;
}

export interface Seeded {
  siteKey: string;
  /** Integer key of whom the printed link signs in. */
  owner: number;
}

/** Why the demo cannot be shown, in one sentence for the person who starts it. */
export class SeedError extends Error {
  override readonly name = "SeedError";
}

/** Nobody is connected while the database is being filled. */
const NOBODY_LISTENS: Publish = { stored() {}, read() {}, changed() {} };

/**
 * Fills an empty database for the demo, through the desk's own commands, with times in the past. Where somebody uses the
 * database already, nothing is written but the shop's origin, and only to the demo's own site. Before the server starts:
 * the desk here and the server's do not know of each other.
 */
export async function seed(parts: SeedParts): Promise<Seeded> {
  const time = { at: Date.now() };
  const clock: Clock = { now: () => time.at };
  const desk = createDesk({ store: parts.store, clock, publish: NOBODY_LISTENS, home: () => parts.deskbellUrl });
  if (!(await desk.setup.open())) return revisit(desk, parts);

  const now = time.at;
  time.at = now - 30 * DAY_MS;
  const { owner, site } = await open(desk, parts);
  const colleague = await desk.people.add(owner, {
    email: "tomas@finch-and-ohm.example",
    name: "Tomas Reyes",
    role: "agent",
    sites: [site.id],
    password: randomBytes(24).toString("base64url"),
  });
  const tomas = await desk.agents.memberOf(site.key, colleague.id);
  if (!tomas) throw new Error("The demo's colleague is not on the site");
  parts.say("Filling the help centre and the inbox ...");
  for (const reply of SAVED_REPLIES) await desk.replies.add(owner, site.id, reply);
  const articles = await importHelp(desk, owner, site);
  const scene = { desk, site, clock: time, articles, people: { mara: owner, tomas }, shopUrl: parts.origins[0] ?? "" };
  const stories = [...ENGLISH, ...CHINESE].sort((a, b) => b.ago - a.ago);
  for (const story of stories) await tell(scene, story, now);
  return { siteKey: site.publicKey, owner: owner.key };
}

async function open(desk: Desk, { owner, origins }: SeedParts): Promise<{ owner: AgentActor; site: Site }> {
  const site = { name: SITE_NAME, origins };
  const setupToken = await desk.setup.prepare(owner);
  if (setupToken === undefined) await desk.sites.create(await theOwner(desk), site);
  else {
    await desk.setup.run({
      setupToken,
      email: "mara@finch-and-ohm.example",
      name: "Mara Lindqvist",
      // Nobody knows it: the demo is entered by the link that is printed.
      password: randomBytes(24).toString("base64url"),
      site,
    });
  }
  // Asked for anew: an owner answers for the site that was made just now.
  const made = await theOwner(desk);
  return { owner: made, site: await theSite(desk, made) };
}

async function revisit(desk: Desk, { origins }: SeedParts): Promise<Seeded> {
  const owner = await theOwner(desk);
  const site = await theSite(desk, owner);
  const listed = [...new Set([...site.origins, ...origins])];
  if (listed.length > site.origins.length) await desk.sites.change(owner, site.id, { origins: listed });
  return { siteKey: site.publicKey, owner: owner.key };
}

async function theOwner(desk: Desk): Promise<AgentActor> {
  const people = await desk.store.read((db) => agentsOfKind(db, "person"));
  const row = people.find(({ role, password }) => role === "owner" && password !== null);
  const owner = row && (await desk.agents.byKey(row.id));
  if (!owner) throw new SeedError("This database has no owner: set DATA_DIR to an empty folder.");
  return owner;
}

async function theSite(desk: Desk, owner: AgentActor): Promise<Site> {
  const site = (await desk.sites.allFor(owner)).find(({ name }) => name === SITE_NAME);
  if (site) return site;
  throw new SeedError(
    "This database is in use and has no demo in it: set DATA_DIR to an empty folder, or start with --bare.",
  );
}
