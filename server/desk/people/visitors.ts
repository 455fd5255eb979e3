import { refuse } from "../../../protocol/faults.ts";
import type { VisitorCard, VisitorId } from "../../../protocol/index.ts";
import type { Clock } from "../../clock.ts";
import { mintId, mintSecret, toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import {
  deleteOldVisitorTokens,
  deleteVisitorTokens,
  insertVisitor,
  insertVisitorToken,
  updateVisitor,
  type VisitorRow,
  visitorByKey,
  visitorBySubject,
  visitorByToken,
  visitorsByKey,
} from "../../store/visitors.ts";
import type { VisitorActor } from "../actors.ts";
import type { Site } from "../sites/sites.ts";
import { type Claims, readIdentity, useIdentity } from "./identity.ts";
import { hashSecret } from "./secrets.ts";

/** In so many one signed person stays known. */
const BROWSERS = 100;
const TOKEN = /^vt_[A-Za-z0-9]{20,100}$/;

export interface Welcomed {
  /** To keep: the server has its hash only. */
  token: string;
  visitor: VisitorActor;
}

export interface Visitors {
  /** Refuses a malformed or unknown token with `unauthorized`: never silently a new person. */
  recognise(site: Site, token: string): Promise<VisitorActor>;
  /** A new anonymous visitor. */
  welcome(site: Site): Promise<Welcomed>;
  /** Whoever the site signed for; else whoever holds the token; else somebody new. */
  identify(site: Site, brought: { identity?: string | undefined; token?: string | undefined }): Promise<Welcomed>;
  /** What visitors say of themselves. It proves nothing, and never replaces what the site signed. */
  contact(
    visitor: VisitorActor,
    said: { name?: string | undefined; email?: string | undefined },
  ): Promise<VisitorActor>;
  cards(keys: readonly number[]): Promise<Map<number, VisitorCard>>;
  /** Told, by key, of an anonymous visitor who became somebody: connections of before are not thereby theirs. */
  onSignedIn(listener: (visitor: number) => void): void;
}

export function createVisitors({ store, clock }: { store: Store; clock: Clock }): Visitors {
  const find = async (site: Site, token: string) => {
    if (!TOKEN.test(token)) return undefined;
    const hash = hashSecret(token);
    return store.read((db) => visitorByToken(db, site.key, hash));
  };
  const recognise = async (site: Site, token: string) => {
    const row = await find(site, token);
    return row ? actorOf(site, row) : refuse("unauthorized", "Unknown visitor token", { field: "token" });
  };
  const welcome = (site: Site): Promise<Welcomed> =>
    store.write(async (db) => {
      const row = await insertVisitor(db, newVisitor(site, clock.now()));
      return { token: await giveToken(db, row, clock.now()), visitor: actorOf(site, row) };
    });

  const listeners = new Set<(visitor: number) => void>();

  return {
    recognise,
    welcome,
    async identify(site, { identity, token }) {
      if (identity) {
        const claims = await readIdentity(site, identity, clock.now());
        const welcomed = await store.write(async (db) => {
          const welcomed = await signedFor(db, site, claims, token, clock.now());
          await useIdentity(db, site, claims, welcomed.token, clock.now());
          return welcomed;
        });
        if (welcomed.became) for (const listener of listeners) listener(welcomed.visitor.key);
        return { token: welcomed.token, visitor: welcomed.visitor };
      }
      return token === undefined ? welcome(site) : { token, visitor: await recognise(site, token) };
    },
    contact: (visitor, said) =>
      store.write(async (db) => {
        const known = await visitorByKey(db, visitor.key);
        if (!known) return refuse("unauthorized", "This visitor is gone");
        if (known.verified) return { ...visitor, card: cardOfVisitor(known) };
        const row = await updateVisitor(db, visitor.key, {
          name: said.name === undefined ? known.name : said.name || null,
          email: said.email === undefined ? known.email : said.email || null,
        });
        return { ...visitor, card: cardOfVisitor(row) };
      }),
    async cards(keys) {
      const rows = keys.length === 0 ? [] : await store.read((db) => visitorsByKey(db, keys));
      return new Map(rows.map((row) => [row.id, cardOfVisitor(row)]));
    },
    onSignedIn: (listener) => void listeners.add(listener),
  };
}

/** A visitor as others may see one. */
function cardOfVisitor(row: VisitorRow): VisitorCard {
  return {
    id: toId<VisitorId>(row.uid),
    ...(row.name !== null && { name: row.name }),
    ...(row.email !== null && { email: row.email }),
    verified: row.verified === 1,
    ...(row.tier !== null && { tier: row.tier }),
  };
}

function actorOf(site: Site, row: VisitorRow): VisitorActor {
  const card = cardOfVisitor(row);
  return { key: row.id, id: card.id, site: { key: site.key, id: site.id }, card };
}

/**
 * The person a site signed for is one visitor, however many browsers they use. An anonymous visitor who signs in for the
 * first time becomes that person and keeps the conversation; one who brings a known person's name is that person, and
 * what this browser said before stays with the anonymous visitor: nothing is merged.
 */
async function signedFor(
  db: Db,
  site: Site,
  claims: Claims,
  token: string | undefined,
  at: number,
): Promise<Welcomed & { became?: true }> {
  const holder = token && TOKEN.test(token) ? await visitorByToken(db, site.key, hashSecret(token)) : undefined;
  const known = await visitorBySubject(db, site.key, claims.sub);
  const signed = {
    verified: 1,
    subject: claims.sub,
    tier: claims.tier || null,
    ...(claims.name && { name: claims.name }),
    ...(claims.email && { email: claims.email }),
    ...(claims.attributes && { attributes: JSON.stringify(claims.attributes) }),
  };
  if (known) {
    const row = await updateVisitor(db, known.id, signed);
    if (token && holder?.id === known.id) return { token, visitor: actorOf(site, row) };
    const given = await giveToken(db, row, at);
    // One who brings none each time would fill the disk.
    await deleteOldVisitorTokens(db, row.id, BROWSERS);
    return { token: given, visitor: actorOf(site, row) };
  }
  if (holder && !holder.verified) {
    // What they said of themselves before is not what the site signed.
    const row = await updateVisitor(db, holder.id, { name: null, email: null, ...signed });
    // Whoever else holds the anonymous token is not thereby signed in.
    await deleteVisitorTokens(db, row.id);
    return { token: await giveToken(db, row, at), visitor: actorOf(site, row), became: true };
  }
  const row = await insertVisitor(db, { ...newVisitor(site, at), ...signed });
  return { token: await giveToken(db, row, at), visitor: actorOf(site, row) };
}

function newVisitor(site: Site, at: number) {
  return { uid: toBytes(mintId(at)), site: site.key, verified: 0, created_at: at };
}

async function giveToken(db: Db, visitor: VisitorRow, at: number): Promise<string> {
  const token = mintSecret("vt_");
  await insertVisitorToken(db, visitor.id, hashSecret(token), at);
  return token;
}
