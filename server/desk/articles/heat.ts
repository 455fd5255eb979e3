import type { Clock } from "../../clock.ts";
import { byUid } from "../../store/articles.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import * as reads from "../../store/reads.ts";
import type { AgentActor } from "../actors.ts";
import { isId, type Sites } from "../sites/sites.ts";
import { type ListedArticle, listedOf } from "./articles-listed.ts";
import { DAY_MS, dayOf } from "./heat-days.ts";
import { type Interval, wilson } from "./heat-interval.ts";

const HEAT_DAYS = 14;
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
      const now = clock.now();
      const today = dayOf(now);
      const [days, said] = await store.read(async (db) => [
        await reads.days(db, site.key, today - HEAT_DAYS + 1),
        await reads.verdicts(db, site.key, now - VERDICT_DAYS * DAY_MS),
      ]);
      const per = (column: "uid" | "grp") => measured(days, said, today, column);
      return {
        items: per("uid").map(({ of, ...figures }) => ({ article: of, ...figures })),
        groups: per("grp").map(({ of, ...figures }) => ({ group: of, ...figures })),
      };
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

/** The figures of articles, or of all translations of one together. */
function measured(
  days: readonly reads.DayRow[],
  said: readonly reads.VerdictCount[],
  today: number,
  per: "uid" | "grp",
): Measured[] {
  const warmth = new Map<string, number>();
  const used = new Map<string, Uses>();
  for (const row of days) {
    const of = toId(row[per]);
    const uses = row.reads * WEIGHTS.reads + row.links * WEIGHTS.links + row.searches * WEIGHTS.searches;
    const { reads: read, links, searches } = used.get(of) ?? { reads: 0, links: 0, searches: 0 };
    used.set(of, { reads: read + row.reads, links: links + row.links, searches: searches + row.searches });
    const fresh = 0.5 ** ((today - row.day) / HALF_LIFE_DAYS);
    warmth.set(of, (warmth.get(of) ?? 0) + uses * fresh);
  }
  const hottest = Math.max(...warmth.values(), Number.MIN_VALUE);
  const verdicts = Map.groupBy(said, (row) => toId(row[per]));
  return [...new Set([...warmth.keys(), ...verdicts.keys()])]
    .map((of) => {
      const uses = used.get(of);
      const figures = figuresOf(of, (warmth.get(of) ?? 0) / hottest, verdicts.get(of) ?? []);
      return uses ? { ...figures, uses } : figures;
    })
    .sort((one, other) => other.heat - one.heat);
}

function figuresOf(of: string, heat: number, said: readonly reads.VerdictCount[]): Measured {
  const n = said.reduce((sum, row) => sum + row.n, 0);
  const solved = said.reduce((sum, row) => sum + row.solved, 0);
  const shown = n >= LEAST_VERDICTS && { answered: { share: solved / n, ...wilson(solved, n) } };
  return { of, heat: Math.round(heat * 1000) / 1000, verdicts: n, ...shown };
}
