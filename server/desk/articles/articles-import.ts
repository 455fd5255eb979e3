import { setImmediate as nextTurn } from "node:timers/promises";
import * as v from "valibot";
import { Refusal } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import * as store from "../../store/articles.ts";
import type { Db, Store } from "../../store/port.ts";
import type { Site } from "../sites/sites.ts";
import { ArticleLine, slugFrom } from "./articles-input.ts";
import { change, create, type Outcome, type Prepared, prepare, relink } from "./articles-save.ts";

/** Takes many articles into one site. Each is a transaction of its own: one that is refused leaves no trace. */
export interface Importer {
  /** Refuses with `invalid`. One with the same source, or the same slug, and the same locale is updated. */
  take(line: unknown): Promise<Outcome>;
  /** Once all have come: links that led nowhere before are followed again. */
  finish(): Promise<void>;
}

export interface ImporterParts {
  store: Store;
  clock: Clock;
  site: Site;
  /** Nothing is written; what would be is answered. */
  dryRun?: boolean;
}

/** Undoes a transaction that was only tried. */
class Tried extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super("Only tried");
    this.outcome = outcome;
  }
}

export function createImporter({ store: port, clock, site, dryRun = false }: ImporterParts): Importer {
  let created = false;
  return {
    async take(line) {
      const prepared = prepare(readLine(line));
      // Reading is the dear part: others get their turn between two articles.
      await nextTurn();
      const outcome = await port
        .write(async (db) => {
          const done = await upsert(db, site.key, prepared, clock.now());
          if (dryRun) throw new Tried(done);
          return done;
        })
        .catch((error: unknown) => {
          if (error instanceof Tried) return error.outcome;
          throw error;
        });
      created ||= outcome === "created";
      return outcome;
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

async function upsert(db: Db, site: number, prepared: Prepared, at: number): Promise<Outcome> {
  const { locale, slug, title, source } = prepared.input;
  const row =
    (source === undefined ? undefined : await store.bySource(db, site, locale, source)) ??
    (await ownSlug(db, site, locale, slug || slugFrom(title), source));
  if (row) return change(db, row, prepared, at);
  await create(db, site, prepared, at);
  return "created";
}

/** The article with this slug, unless it is the same title from another file. */
async function ownSlug(db: Db, site: number, locale: string, slug: string, source: string | undefined) {
  const row = await store.bySlug(db, site, locale, slug);
  return row && (source === undefined || row.source === null) ? row : undefined;
}
