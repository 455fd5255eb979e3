import { refuse } from "../../../protocol/faults.ts";
import type { Clock } from "../../clock.ts";
import * as articles from "../../store/articles.ts";
import { toBytes } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import * as store from "../../store/readings.ts";
import { keyOf } from "../../suggest/exact.ts";
import { fold } from "../../suggest/fold.ts";
import { meanTheSame } from "../../suggest/group.ts";
import type { VisitorActor } from "../actors.ts";
import { withoutPersonal } from "../privacy.ts";
import { isId, type Site } from "../sites/sites.ts";

/*
 * What became of questions for which somebody read an article. A question is solved by an article only when its reader
 * says so; one who read and did not come to ask within 72 hours has left without a word, which is told apart. A click
 * counts for nothing: clients tell of an article once it has stood before somebody for a while.
 */

/** Who does not come to ask for so long does not come for this. */
const COME_BACK_WITHIN_MS = 72 * 3_600_000;
const QUESTION_LENGTH = 300;
/** One session's questions beyond this many are no person's. */
const MOST_OPEN = 50;
const SETTLED_AT_ONCE = 500;

/** A question, and the session of whoever typed it: minted by their browser, the same for all they do there. */
export interface Read {
  q: string;
  session: string;
}

export interface Readings {
  /** An article stood before somebody for this question. Refuses what visitors may not read with `not-found`. */
  read(site: Site, article: string, read: Read): Promise<void>;
  /** A visitor wrote to a person: what they had read did not do, in this session or another that they wrote from. */
  asked(visitor: VisitorActor, session: string | undefined, text: string): Promise<void>;
  /** Settles the questions whose 72 hours are over; returns how many. */
  settle(): Promise<number>;
}

export function createReadings({ store: port, clock }: { store: Store; clock: Clock }): Readings {
  return {
    read: (site, id, { q, session }) =>
      port.write(async (db) => {
        const row = isId(id) ? await articles.byUid(db, toBytes(id)) : undefined;
        if (row?.site !== site.key || row.visibility !== "public" || row.state !== "published")
          return refuse("not-found", "No such article");
        await note(db, row, { q, session }, clock.now());
      }),
    async asked(visitor, session, text) {
      const openIn = (db: Db) => store.openOfVisitor(db, visitor, session);
      // Whoever has read nothing costs no write.
      if (session === undefined && (await port.read(openIn)).length === 0) return;
      await port.write(async (db) => {
        if (session !== undefined) await store.keepSession(db, visitor.key, session);
        const open = await openIn(db);
        // As much of it as a question has: 10,000 letters beside fifty questions take seconds, and all writes wait.
        const asks = text.slice(0, QUESTION_LENGTH);
        // A word stands, unless it is about the same that they ask now.
        const taken = open.filter(({ q, solved, locale }) => solved !== 1 || isSame(q, asks, locale));
        const ids = taken.map(({ id }) => id);
        await store.settle(db, ids, "asked");
      });
    },
    async settle() {
      let settled = 0;
      for (;;) {
        const before = clock.now() - COME_BACK_WITHIN_MS;
        const due = await port.read((db) => store.due(db, before, SETTLED_AT_ONCE));
        if (due.length === 0) return settled;
        await port.write(async (db) => {
          // Somebody may have come to ask meanwhile: looked at again inside the transaction.
          for (const [outcome, some] of Map.groupBy(await store.due(db, before, SETTLED_AT_ONCE), outcomeOf)) {
            const ids = some.map(({ id }) => id);
            await store.settle(db, ids, outcome);
          }
        });
        settled += due.length;
      }
    },
  };
}

/** Remembers a reading, or what the reader says of it, as one question of theirs: words that go on are the same one. */
export async function note(
  db: Db,
  article: Pick<articles.ArticleRow, "id" | "site" | "locale">,
  { q, session, solved }: Read & { solved?: boolean },
  at: number,
): Promise<void> {
  const text = withoutPersonal(q).slice(0, QUESTION_LENGTH).toWellFormed();
  if (text === "") return;
  const open = await store.openOf(db, article.site, session);
  const same = open.find((one) => isSame(one.q, text, article.locale));
  const word = solved === undefined ? null : Number(solved);
  if (!same) {
    if (open.length >= MOST_OPEN) return;
    const { site, id, locale } = article;
    return store.insert(db, { site, session, article: id, locale, q: text, solved: word, at });
  }
  // "No" was said of the article before; "yes" of the question, whatever else is read then.
  const kept = same.article === article.id || same.solved === 1 ? same.solved : null;
  await store.goOn(db, same.id, { article: article.id, q: text, solved: word ?? kept, at });
}

function isSame(one: string, other: string, locale: string): boolean {
  const [a, b] = [keyOf(fold(one)), keyOf(fold(other))];
  const goesOn = a !== "" && b !== "" && (a.startsWith(b) || b.startsWith(a));
  return goesOn || meanTheSame(one, other, locale);
}

function outcomeOf({ solved }: { solved: number | null }): store.Outcome {
  return solved === null ? "left" : solved === 1 ? "solved" : "unsolved";
}
