import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../../clock.ts";
import { byUid } from "../../store/articles.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import * as reads from "../../store/reads.ts";
import type { AgentActor } from "../actors.ts";
import { isId, type Sites } from "../sites/sites.ts";
import { articlePieces } from "./article-pieces.ts";
import { type ListedArticle, listedOf } from "./articles-listed.ts";
import { DAY_MS, dayOf } from "./heat-days.ts";
import { type Interval, wilson } from "./heat-interval.ts";

const HEAT_DAYS = 14;
/** For how long it is kept what an article was used for: a year, and the same month of the year before, can be told. */
const KEPT_DAYS = 400;
/** A use of so many days ago weighs half of today's. */
const HALF_LIFE_DAYS = 5;
/** A link that an agent sent says more than a look, and a look more than a hit. */
const WEIGHTS: Readonly<Record<reads.Use, number>> = { links: 3, reads: 1, searches: 0.5 };
const VERDICT_DAYS = 28;
/** Of fewer verdicts nothing can be said. */
const LEAST_VERDICTS = 10;
const MOST_NEEDED = 20;

/** How often in 14 days. */
export type Uses = Record<reads.Use, number>;

/** How an article does. */
export interface ArticleFigures {
  article: string;
  /** 0…1 of the site's hottest. */
  heat: number;
  /** Absent where it was not used. */
  uses?: Uses;
  /** How many readers said whether it answered, in 28 days. */
  verdicts: number;
  /** The share that said it did, with the interval in which it lies with 95 %; absent while too few have said. */
  answered?: Interval & { share: number };
}

/** How an article does in all its languages together. */
export type GroupFigures = Omit<ArticleFigures, "article"> & { group: string };

type Measured = Omit<ArticleFigures, "article"> & { of: string };

/** What was counted of one so far. */
interface Tally {
  warmth: number;
  uses?: Uses;
  verdicts: number;
  solved: number;
}

/** Of each article, or of all translations of one together. */
type Tallies = Map<string, Tally>;

/** What articles are used for, and what their readers said. */
export interface Heat {
  /** Counts one use; never fails. */
  count(article: string, use: reads.Use): void;
  /**
   * The figures of a site's articles, the hottest first, and the same with the translations of each taken together; those
   * without any are left out.
   */
  figures(by: AgentActor, site: string): Promise<{ items: ArticleFigures[]; groups: GroupFigures[] }>;
  /** What was needed most this fortnight, also by agents: where a newcomer begins to read. */
  needed(by: AgentActor, site: string): Promise<ListedArticle[]>;
}

export function createHeat({ store, clock, sites }: { store: Store; clock: Clock; sites: Sites }): Heat {
  /** By site, what is being counted: whoever asks meanwhile shares it. */
  const counting = new Map<number, ReturnType<Heat["figures"]>>();
  /** By site, the day on which days were last forgotten. */
  const forgotten = new Map<number, number>();
  const count = async (site: number): ReturnType<Heat["figures"]> => {
    const now = clock.now();
    const today = dayOf(now);
    const warmth = { from: today - HEAT_DAYS + 1, to: today, weights: WEIGHTS, halfLife: HALF_LIFE_DAYS };
    const [articles, groups]: [Tallies, Tallies] = [new Map(), new Map()];
    for await (const keys of articlePieces(store, site)) {
      const [uses, said] = await store.read(async (db) => [
        await reads.uses(db, keys, warmth),
        await reads.verdicts(db, keys, now - VERDICT_DAYS * DAY_MS),
      ]);
      for (const [tallies, per] of [[articles, "uid"] as const, [groups, "grp"] as const]) {
        for (const row of uses) tallyUses(tallies, row, per);
        for (const row of said) tallyVerdicts(tallies, row, per);
      }
      if (forgotten.get(site) === today) continue;
      // The figures can be told all the same where the disk is full.
      await store.write((db) => reads.forgetBefore(db, keys, today - KEPT_DAYS + 1)).catch(() => undefined);
    }
    forgotten.set(site, today);
    const items = figuresOf(articles).map(({ of, ...figures }) => ({ article: of, ...figures }));
    await nextTurn();
    return { items, groups: figuresOf(groups).map(({ of, ...figures }) => ({ group: of, ...figures })) };
  };

  const heat: Heat = {
    count(id, use) {
      if (!isId(id)) return;
      const day = dayOf(clock.now());
      const counted = store.write(async (db: Db) => {
        const article = await byUid(db, toBytes(id));
        if (article) await reads.count(db, article.id, day, use);
      });
      // A figure more or less: nobody's reading waits for it, or fails with it.
      counted.catch(() => undefined);
    },
    async figures(by, id) {
      const site = await sites.forAgent(by, id);
      const counted = counting.get(site.key) ?? count(site.key).finally(() => counting.delete(site.key));
      counting.set(site.key, counted);
      return counted;
    },
    async needed(by, id) {
      const warm = (await heat.figures(by, id)).items.filter(({ heat }) => heat > 0);
      const rows = await store.read(async (db) => {
        const found = [];
        for (const { article } of warm.slice(0, MOST_NEEDED)) found.push(await byUid(db, toBytes(article)));
        return found;
      });
      return rows.flatMap((row) => (row?.state === "published" ? [listedOf(row)] : []));
    },
  };
  return heat;
}

function tallyOf(tallies: Tallies, of: string): Tally {
  const tally = tallies.get(of) ?? { warmth: 0, verdicts: 0, solved: 0 };
  tallies.set(of, tally);
  return tally;
}

function tallyUses(tallies: Tallies, row: reads.UseRow, per: "uid" | "grp"): void {
  const tally = tallyOf(tallies, toId(row[per]));
  const { reads, links, searches } = tally.uses ?? { reads: 0, links: 0, searches: 0 };
  tally.uses = { reads: reads + row.reads, links: links + row.links, searches: searches + row.searches };
  tally.warmth += row.warmth;
}

function tallyVerdicts(tallies: Tallies, row: reads.VerdictCount, per: "uid" | "grp"): void {
  const tally = tallyOf(tallies, toId(row[per]));
  tally.verdicts += row.n;
  tally.solved += row.solved;
}

/** The hottest first. */
function figuresOf(tallies: Tallies): Measured[] {
  const hottest = [...tallies.values()].reduce((most, { warmth }) => Math.max(most, warmth), Number.MIN_VALUE);
  return [...tallies]
    .map(([of, { warmth, uses, verdicts, solved }]) => ({
      of,
      heat: Math.round((warmth / hottest) * 1000) / 1000,
      verdicts,
      ...(verdicts >= LEAST_VERDICTS && { answered: { share: solved / verdicts, ...wilson(solved, verdicts) } }),
      ...(uses && { uses }),
    }))
    .sort((one, other) => other.heat - one.heat);
}
