import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import { refuse } from "../../../protocol/faults.ts";
import { SiteId, type SiteKey } from "../../../protocol/index.ts";
import { type Clock, toTime } from "../../clock.ts";
import { addMembership, agentByKey, creatorOfKey, memberships } from "../../store/agents.ts";
import { mintId, mintSecret, toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import { allSites, insertSite, type SiteRow, siteByKey, updateSite } from "../../store/sites.ts";
import type { AgentActor } from "../actors.ts";
import { audit } from "../people/audit.ts";
import { randomText } from "../people/secrets.ts";
import { DEFAULT_SETTINGS, type NewSite, type SiteChange, SiteSettings } from "./site-input.ts";
import { knownWords, mergedWords } from "./words.ts";

export interface Site {
  /** Integer row key. */
  readonly key: number;
  readonly id: SiteId;
  readonly publicKey: SiteKey;
  /** Signs visitors' identities. Never for a visitor's eyes, nor an agent's of the lowest role. */
  readonly secret: string;
  /** The secret before, and until when it counts as well. */
  readonly former?: { readonly secret: string; readonly until: number };
  readonly name: string;
  /** Exact origins, `scheme://host[:port]`. */
  readonly origins: readonly string[];
  readonly settings: SiteSettings;
  readonly createdAt: number;
}

export type { SiteSettings };

export interface Sites {
  /** Refuses with `not-found`. */
  byPublicKey(publicKey: string): Promise<Site>;
  byKey(key: number): Promise<Site | undefined>;
  /** The site whose help centre stands at this `Host`. */
  byHelpHost(host: string): Promise<Site | undefined>;
  /** One of the agent's own sites; what exists but is not theirs is `not-found` (D12). */
  forAgent(agent: AgentActor, id: string): Promise<Site>;
  allFor(agent: AgentActor): Promise<Site[]>;
  create(agent: AgentActor, input: NewSite): Promise<Site>;
  change(agent: AgentActor, id: string, input: SiteChange): Promise<Site>;
  /**
   * A new secret. The one before counts until then as well, for a week unless said otherwise, so that the site's own
   * servers have time to change; one still older counts no more.
   */
  rotateSecret(agent: AgentActor, id: string, until?: number): Promise<Site>;
  /** The secret before counts no more. */
  retireSecret(agent: AgentActor, id: string): Promise<Site>;
  /**
   * `undefined` and `"null"` are nobody's. The server's own origin counts as every site's, and the help host as its own
   * site's: the help pages carry the widget.
   */
  originAllowed(site: Site, origin: string | undefined): boolean;
  anySiteLists(origin: string | undefined): Promise<boolean>;
  /** Something else wrote a site. */
  forget(): void;
  /** Returns the unsubscribe. */
  onChanged(listener: (site: Site) => void): () => void;
}

const KEY_LENGTH = 24;
const FORMER_COUNTS_MS = 7 * 24 * 60 * 60 * 1000;
const FORMER_AT_MOST_MS = 90 * 24 * 60 * 60 * 1000;

export interface SitesParts {
  store: Store;
  clock: Clock;
  /** Where this server itself is reached, once that is known. */
  home?: () => string | undefined;
}

/** Sites are few and asked for on every request, so all of them are kept in memory and read anew after a change. */
export function createSites({ store, clock, home = () => undefined }: SitesParts): Sites {
  let kept: Promise<Kept> | undefined;
  const listeners = new Set<(site: Site) => void>();

  const load = () => {
    kept ??= read(store).catch((error) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
  const changed = async (key: number) => {
    kept = undefined;
    const site = (await load()).byKey.get(key);
    if (!site) throw new Error(`Site ${key} is gone`);
    for (const listener of listeners) listener(site);
    return site;
  };
  const forAgent = async (agent: AgentActor, id: string) => {
    const site = (await load()).byId.get(id);
    if (!site || !agent.sites.has(site.key)) return refuse("not-found", "No such site");
    return site;
  };
  const isHome = (origin: string) => {
    const address = home();
    return address !== undefined && new URL(address).origin === origin;
  };

  return {
    async byPublicKey(publicKey) {
      return (await load()).byPublicKey.get(publicKey) ?? refuse("not-found", "No site has this key");
    },
    byKey: async (key) => (await load()).byKey.get(key),
    byHelpHost: async (host) => (await load()).byHelpHost.get(host.toLowerCase()),
    forAgent,
    async allFor(agent) {
      return [...(await load()).byKey.values()].filter((site) => agent.sites.has(site.key));
    },
    async create(agent, input) {
      if (agent.role === "agent") refuse("forbidden", "Only an owner or an admin adds a site");
      refuseTaken(await load(), input.helpHost);
      const key = await store.write(async (db) => {
        const site = await insertSite(db, newSite(input, clock.now()));
        await join(db, agent, site);
        const { name, origins } = input;
        await audit(db, clock.now(), agent, { action: "site.added", site, name, after: { name, origins } });
        return site;
      });
      return changed(key);
    },
    async change(agent, id, { name, origins, ...settings }) {
      const site = await forAgent(agent, id);
      if (agent.role === "agent") refuse("forbidden", "Only an owner or an admin changes a site");
      refuseTaken(await load(), settings.helpHost, site);
      await store.write(async (db) => {
        // As it is now: of two who change it at once neither undoes what the other did.
        const is = await fresh(db, site);
        const wording = settings.wording && { wording: mergedWords(is.settings.wording, settings.wording) };
        const next = {
          name: name ?? is.name,
          origins: origins ?? is.origins,
          settings: v.parse(SiteSettings, { ...is.settings, ...settings, ...wording }),
        };
        await updateSite(db, site.key, {
          name: next.name,
          origins: JSON.stringify(next.origins),
          settings: JSON.stringify(next.settings),
        });
        const before = { name: is.name, origins: is.origins, ...is.settings };
        const after = { name: next.name, origins: next.origins, ...next.settings };
        if (JSON.stringify(before) === JSON.stringify(after)) return;
        await audit(db, clock.now(), agent, { action: "site.changed", ...entryOf(site), before, after });
      });
      return changed(site.key);
    },
    async rotateSecret(agent, id, until = clock.now() + FORMER_COUNTS_MS) {
      const site = await forAgent(agent, id);
      if (agent.role === "agent") refuse("forbidden", "Only an owner or an admin changes a site's secret");
      if (until > clock.now() + FORMER_AT_MOST_MS) refuse("invalid", "At most 90 days ahead", { field: "until" });
      const counts = until > clock.now();
      await store.write(async (db) => {
        // One that was taken out of use at once meanwhile does not come back as the former one.
        const { secret } = await fresh(db, site);
        await updateSite(db, site.key, {
          secret: mintSecret("sk_"),
          former_secret: counts ? secret : null,
          former_until: counts ? until : null,
        });
        const after = { formerUntil: counts ? toTime(until) : null };
        await audit(db, clock.now(), agent, { action: "secret.rotated", ...entryOf(site), after });
      });
      return changed(site.key);
    },
    async retireSecret(agent, id) {
      const site = await forAgent(agent, id);
      if (agent.role === "agent") refuse("forbidden", "Only an owner or an admin changes a site's secret");
      const { former } = site;
      if (!former) return site;
      await store.write(async (db) => {
        // Another that has become the former one meanwhile was not meant.
        if (!isDeepStrictEqual((await fresh(db, site)).former, former)) return;
        await updateSite(db, site.key, { former_secret: null, former_until: null });
        await audit(db, clock.now(), agent, { action: "secret.retired", ...entryOf(site) });
      });
      return changed(site.key);
    },
    originAllowed: (site, origin) =>
      origin !== undefined && (site.origins.includes(origin) || isHome(origin) || isHelpOf(site, origin)),
    async anySiteLists(origin) {
      if (origin === undefined || origin === "null") return false;
      const { origins, byHelpHost } = await load();
      return origins.has(origin) || isHome(origin) || byHelpHost.has(hostOf(origin));
    },
    forget() {
      kept = undefined;
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

async function fresh(db: Db, { key }: Site): Promise<Site> {
  const row = await siteByKey(db, key);
  return row ? toSite(row) : refuse("not-found", "No such site");
}

/** Whether a text may be anybody's id at all. */
export function isId(text: string): boolean {
  return v.is(SiteId, text);
}

/** A site in the audit log. */
function entryOf({ key, id, name }: Site) {
  return { site: key, target: id, name };
}

/** The row of a new site, for set-up as well. */
export function newSite({ name, origins, ...settings }: NewSite, at: number) {
  return {
    uid: toBytes(mintId(at)),
    key: `pk_${randomText(KEY_LENGTH)}`,
    secret: mintSecret("sk_"),
    name,
    origins: JSON.stringify(origins),
    settings: JSON.stringify({ ...DEFAULT_SETTINGS, ...settings }),
    created_at: at,
  };
}

/** An admin's new site is theirs, by whatever key they made it. Owners belong to all sites without rows. */
async function join(db: Db, agent: AgentActor, site: number): Promise<void> {
  const maker = agent.kind === "key" ? await creatorOfKey(db, agent.key) : await agentByKey(db, agent.key);
  if (maker && maker.role !== "owner") await addMembership(db, maker.id, site);
  // A key for some sites only would not see the one that it just made.
  const some = agent.kind === "key" && (await memberships(db, [agent.key])).size > 0;
  if (some) await addMembership(db, agent.key, site);
}

interface Kept {
  byPublicKey: ReadonlyMap<string, Site>;
  byKey: ReadonlyMap<number, Site>;
  byId: ReadonlyMap<string, Site>;
  byHelpHost: ReadonlyMap<string, Site>;
  origins: ReadonlySet<string>;
}

async function read(store: Store): Promise<Kept> {
  const sites = (await store.read(allSites)).map(toSite);
  return {
    byPublicKey: new Map(sites.map((site) => [site.publicKey, site])),
    byKey: new Map(sites.map((site) => [site.key, site])),
    byId: new Map(sites.map((site) => [site.id, site])),
    byHelpHost: new Map(sites.flatMap((site) => (site.settings.helpHost ? [[site.settings.helpHost, site]] : []))),
    origins: new Set(sites.flatMap((site) => site.origins)),
  };
}

/** One host shows one help centre. */
function refuseTaken({ byHelpHost }: Kept, host: string | undefined, own?: Site): void {
  const holder = host ? byHelpHost.get(host) : undefined;
  if (holder && holder.key !== own?.key) refuse("invalid", "Another site has this host", { field: "helpHost" });
}

/** Whether an origin is a site's own help host, by whichever scheme the proxy before us speaks. */
function isHelpOf(site: Site, origin: string): boolean {
  return Boolean(site.settings.helpHost) && hostOf(origin) === site.settings.helpHost;
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : "";
}

function toSite(row: SiteRow): Site {
  return {
    key: row.id,
    id: toId<SiteId>(row.uid),
    publicKey: row.key as SiteKey,
    secret: row.secret,
    ...(row.former_secret !== null &&
      row.former_until !== null && { former: { secret: row.former_secret, until: row.former_until } }),
    name: row.name,
    origins: JSON.parse(row.origins) as string[],
    settings: settingsOf(row),
    createdAt: row.created_at,
  };
}

function settingsOf({ settings }: SiteRow): SiteSettings {
  const kept = { ...DEFAULT_SETTINGS, ...(JSON.parse(settings) as Partial<SiteSettings>) };
  return v.parse(SiteSettings, kept.wording ? { ...kept, wording: knownWords(kept.wording) } : kept);
}
