import { setImmediate as nextTurn } from "node:timers/promises";
import * as v from "valibot";
import { Refusal } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import * as store from "../../store/articles.ts";
import { type FormerAddress, keepFormer } from "../../store/former-addresses.ts";
import type { Db, Store } from "../../store/port.ts";
import type { Site } from "../sites/sites.ts";
import { ArticleLine, type FormerAddresses, slugFrom } from "./articles-input.ts";
import { change, create, type Outcome, type Prepared, prepare, relink } from "./articles-save.ts";

/** Takes many articles into one site. Each is a transaction of its own: one that is refused leaves no trace. */
export interface Importer {
  /** Refuses with `invalid`. One with the same source, or the same slug, and the same locale is updated. */
  take(line: unknown): Promise<Outcome>;
  /** Once all have come: links that led nowhere before are followed again. */
  finish(): Promise<void>;
  /** How many addresses lead to an article now that did not before. */
  readonly redirected: number;
}

export interface ImporterParts {
  store: Store;
  clock: Clock;
  site: Site;
  /** Nothing is written; what would be is answered. */
  dryRun?: boolean;
}

interface Taken {
  outcome: Outcome;
  redirected: number;
}

/** Undoes a transaction that was only tried. */
class Tried extends Error {
  readonly taken: Taken;
  constructor(taken: Taken) {
    super("Only tried");
    this.taken = taken;
  }
}

export function createImporter({ store: port, clock, site, dryRun = false }: ImporterParts): Importer {
  let created = false;
  let redirected = 0;
  return {
    async take(line) {
      const { former = [], ...input } = readLine(line);
      const prepared = prepare(input);
      // Reading is the dear part: others get their turn between two articles.
      await nextTurn();
      const taken = await port
        .write(async (db) => {
          const { outcome, key } = await upsert(db, site.key, prepared, clock.now());
          const done = { outcome, redirected: await keepFormer(db, site.key, key, addressesIn(former, input.locale)) };
          if (dryRun) throw new Tried(done);
          return done;
        })
        .catch((error: unknown) => {
          if (error instanceof Tried) return error.taken;
          throw error;
        });
      created ||= taken.outcome === "created";
      redirected += taken.redirected;
      return taken.outcome;
    },
    get redirected() {
      return redirected;
    },
    async finish() {
      if (!created || dryRun) return;
      for (const key of await port.read((db) => store.danglingOf(db, site.key))) {
        await port.write((db) => relink(db, key));
        await nextTurn();
      }
    },
  };
}

/** Why a line was refused, in one sentence. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Refusal)) throw error;
  const { message, field } = error.fault;
  return field ? `${field}: ${message}` : message;
}

function readLine(line: unknown): ArticleLine {
  const parsed = v.safeParse(ArticleLine, line);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue);
  throw new Refusal({ code: "invalid", retry: "never", message: issue.message, ...(field && { field }) });
}

function addressesIn(former: FormerAddresses, locale: string): FormerAddress[] {
  return former.map((said) => (typeof said === "string" ? { slug: said, locale } : said));
}

async function upsert(
  db: Db,
  site: number,
  prepared: Prepared,
  at: number,
): Promise<{ outcome: Outcome; key: number }> {
  const { locale, slug, title, source } = prepared.input;
  const row =
    (source === undefined ? undefined : await store.bySource(db, site, locale, source)) ??
    (await ownSlug(db, site, locale, slug || (source === undefined ? slugFrom(title) : ""), source));
  if (row) return { outcome: await change(db, row, prepared, at), key: row.id };
  return { outcome: "created", key: await create(db, site, prepared, at) };
}

/**
 * The article with this slug, unless it came from another file. A file that says no slug is not taken for what somebody
 * wrote here under the same title: that would be lost.
 */
async function ownSlug(db: Db, site: number, locale: string, slug: string, source: string | undefined) {
  if (slug === "") return undefined;
  const row = await store.bySlug(db, site, locale, slug);
  return row && (source === undefined || row.source === null) ? row : undefined;
}
