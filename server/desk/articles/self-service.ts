import { refuse } from "../../../protocol/faults.ts";
import { type Clock, toTime } from "../../clock.ts";
import { toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import * as readings from "../../store/readings.ts";
import type { AgentActor } from "../actors.ts";
import type { Sites } from "../sites/sites.ts";
import { DAY_MS } from "./heat-days.ts";
import { type Interval, wilson } from "./heat-interval.ts";

/** What a report covers where nobody says. */
const USUAL_DAYS = 28;
/** Of fewer settled questions nothing can be said. */
const LEAST = 10;

export const SEGMENTS = ["article", "locale", "day"] as const;
export type SelfServiceSegment = (typeof SEGMENTS)[number];

/** How many, of all settled ones, and the interval in which that share lies with 95 %. */
export interface Share extends Interval {
  count: number;
  share: number;
}

/** Questions for which somebody read an article. The four outcomes make up all of `n`; absent where `n` is under 10. */
export interface SelfServiceRow {
  /** None for all of them; an article's id, a language, or a day. */
  segment: string | null;
  /** The article's title. */
  label?: string;
  /** Settled: their 72 hours are over, or they came to ask. */
  n: number;
  /** May still become one or the other. */
  open: number;
  /** The reader said so. */
  solved?: Share;
  /** Read, said nothing, and did not come to ask within 72 hours. */
  left?: Share;
  /** The reader said that it did not answer, and asked nobody. */
  unsolved?: Share;
  /** Came to ask a person. */
  asked?: Share;
}

export interface SelfServiceReport {
  name: "self-service";
  from: string;
  to: string;
  by?: SelfServiceSegment;
  /** All questions first, then by segment, the most frequent first; days in their order. */
  rows: SelfServiceRow[];
}

export interface SelfServicePeriod {
  /** Ms since 1970. `to` is the first moment that is not in it. */
  from?: number | undefined;
  to?: number | undefined;
  by?: SelfServiceSegment | undefined;
}

/** How much the articles answer by themselves. Every agent of a site may know. */
export interface SelfService {
  report(by: AgentActor, site: string, period: SelfServicePeriod): Promise<SelfServiceReport>;
}

export function createSelfService(parts: { store: Store; clock: Clock; sites: Sites }): SelfService {
  const { store, clock, sites } = parts;
  return {
    async report(agent, id, { from, to = clock.now(), by }) {
      const site = await sites.forAgent(agent, id);
      const begin = from ?? to - USUAL_DAYS * DAY_MS;
      if (begin > to) return refuse("invalid", "The report ends before it begins", { field: "from" });
      const [all, some] = await store.read(async (db) => [
        await readings.counts(db, site.key, begin, to, "all"),
        by === undefined ? [] : await readings.counts(db, site.key, begin, to, by),
      ]);
      const named = by === "article" ? await titlesOf(store, some) : new Map<number, { id: string; title: string }>();
      const rows = [...Map.groupBy(some, ({ segment }) => segment)]
        .map(([segment, counted]) => rowOf(nameOf(by, segment, named), counted))
        .sort((one, other) => (by === "day" ? order(one, other) : other.n + other.open - one.n - one.open));
      const period = { from: toTime(begin), to: toTime(to), ...(by !== undefined && { by }) };
      return { name: "self-service", ...period, rows: [rowOf({ segment: null }, all), ...rows] };
    },
  };
}

function rowOf(name: Pick<SelfServiceRow, "segment" | "label">, counted: readonly readings.CountRow[]): SelfServiceRow {
  const of = (wanted: readings.CountRow["outcome"]) =>
    counted.reduce((sum, { outcome, n }) => sum + (outcome === wanted ? n : 0), 0);
  const n = of("solved") + of("left") + of("unsolved") + of("asked");
  const shareOf = (outcome: readings.Outcome) => ({
    count: of(outcome),
    share: of(outcome) / n,
    ...wilson(of(outcome), n),
  });
  const row = { ...name, n, open: of(null) };
  if (n < LEAST) return row;
  return {
    ...row,
    solved: shareOf("solved"),
    left: shareOf("left"),
    unsolved: shareOf("unsolved"),
    asked: shareOf("asked"),
  };
}

function nameOf(
  by: SelfServiceSegment | undefined,
  segment: string | number | null,
  named: ReadonlyMap<number, { id: string; title: string }>,
): Pick<SelfServiceRow, "segment" | "label"> {
  if (by === "day") return { segment: new Date(Number(segment) * DAY_MS).toISOString().slice(0, 10) };
  if (by === "locale") return { segment: String(segment) };
  const article = named.get(Number(segment));
  // What is gone was read all the same.
  return article ? { segment: article.id, label: article.title } : { segment: "" };
}

async function titlesOf(store: Store, some: readonly readings.CountRow[]) {
  const keys = [...new Set(some.map(({ segment }) => Number(segment)))];
  const rows = await store.read((db) => readings.titles(db, keys));
  return new Map(rows.map(({ id, uid, title }) => [id, { id: toId(uid), title }]));
}

function order({ segment: one }: SelfServiceRow, { segment: other }: SelfServiceRow): number {
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
