import type { ConversationId } from "../../../protocol/index.ts";
import { isOpen, nextChange, openingsUntil } from "../../../ui/opening-hours.ts";
import type { Clock } from "../../clock.ts";
import { firstReplies, waitingForAnybody } from "../../store/hours.ts";
import { toId } from "../../store/ids.ts";
import type { Store } from "../../store/port.ts";
import { siteKeys } from "../../store/sites.ts";
import type { ConversationRecord } from "../conversations/conversation-record.ts";
import type { Site, Sites } from "../sites/sites.ts";
import { createLine, PATIENCE, type Stage, stageOf } from "./line.ts";
import { type Pace, paceOf, type Range, typicalReply, waitRange } from "./ranges.ts";

const DAY_MS = 24 * 60 * 60_000;
/** What is promised follows from the last seven days. */
const LOOK_BACK_MS = 7 * DAY_MS;
const WEEK_MS = 7 * DAY_MS;
const LOOK_BACK_ROWS = 2_000;
/** Whoever has waited longer was told long ago that an answer will come. */
const LINE_MS = 3 * DAY_MS;

/** Where somebody stands in line, and what may be said about it. */
export interface Standing {
  readonly conversation: ConversationId;
  readonly stage: Stage;
  readonly ahead: number;
  /** How much longer, in minutes, where enough is known. */
  readonly wait: Range | undefined;
}

/** Whether a site's team answers now, how soon, and who waits. */
export interface Attendance {
  /** By the opening hours alone; a team without hours is always open. `until`: when that changes. */
  hours(site: number): { open: boolean; until: number | undefined };
  /** When a closed team answers in the coming week. */
  openings(site: number): [from: number, to: number][];
  /** Whether visitors see agents' photos. */
  photos(site: number): boolean;
  /** The usual time to the first reply. */
  reply(site: number): Range | undefined;
  /** By visitor, in the order of the line. It is built at each call: whoever tells many asks once. */
  standings(site: number): ReadonlyMap<number, Standing>;
  /** Sites where somebody waits or waited. */
  sites(): Iterable<number>;
  heard(record: ConversationRecord): void;
  /** Called with a site whose line changed. */
  onLine(listener: (site: number) => void): void;
  /** Reads anew what follows from the last days. */
  refresh(): Promise<void>;
}

interface Kept {
  site: Site;
  reply: Range | undefined;
  pace: Pace | undefined;
  /** What the hours say, and how long that holds. */
  said: { open: boolean; until: number | undefined; from: number } | undefined;
}

export function createAttendance({ store, clock, sites }: { store: Store; clock: Clock; sites: Sites }): Attendance {
  const kept = new Map<number, Kept>();
  const line = createLine();
  const listeners = new Set<(site: number) => void>();
  const keep = (site: Site) => {
    const { reply, pace } = kept.get(site.key) ?? {};
    kept.set(site.key, { site, reply, pace, said: undefined });
  };
  sites.onChanged((site) => {
    keep(site);
    for (const listener of listeners) listener(site.key);
  });

  const patienceOf = (site: number) => ({ ...PATIENCE, ...kept.get(site)?.site.settings.patience });

  async function look(key: number) {
    const site = await sites.byKey(key);
    if (!site) return;
    keep(site);
    const now = clock.now();
    const { seen, rows } = await store.read(async (db) => ({
      seen: await firstReplies(db, key, now - LOOK_BACK_MS, LOOK_BACK_ROWS),
      rows: await waitingForAnybody(db, key, now - LINE_MS),
    }));
    const hours = site.settings.hours ?? undefined;
    const one = kept.get(key);
    if (one) {
      one.reply = typicalReply(seen, hours, now);
      one.pace = paceOf(seen, hours);
    }
    line.fill(
      key,
      rows.map((row) => ({
        key: row.key,
        id: toId<ConversationId>(row.uid),
        siteKey: key,
        visitorKey: row.visitor,
        since: row.since,
      })),
    );
    for (const listener of listeners) listener(key);
  }

  return {
    hours(key) {
      const one = kept.get(key);
      const hours = one?.site.settings.hours;
      if (!one || !hours) return { open: true, until: undefined };
      const now = clock.now();
      const { said } = one;
      if (said && now >= said.from && now < (said.until ?? said.from + DAY_MS)) return said;
      one.said = { open: isOpen(hours, now), until: nextChange(hours, now), from: now };
      return one.said;
    },
    openings(key) {
      const hours = kept.get(key)?.site.settings.hours;
      const now = clock.now();
      return hours && !isOpen(hours, now) ? openingsUntil(hours, now, now + WEEK_MS) : [];
    },
    photos: (key) => kept.get(key)?.site.settings.theme.faces !== "initials",
    reply: (key) => kept.get(key)?.reply,
    standings(key) {
      const now = clock.now();
      const patience = patienceOf(key);
      const pace = kept.get(key)?.pace;
      const standings = new Map<number, Standing>();
      let ahead = 0;
      for (const { id, visitorKey, since } of line.inOrder(key)) {
        const stage = stageOf(now - since, patience);
        const wait = pace && waitRange(pace, ahead, now - since);
        standings.set(visitorKey, { conversation: id, stage, ahead, wait });
        if (stage !== "ended") ahead += 1;
      }
      return standings;
    },
    sites: line.sites,
    heard(record) {
      if (line.heard(record)) for (const listener of listeners) listener(record.siteKey);
    },
    onLine: (listener) => void listeners.add(listener),
    async refresh() {
      for (const key of await store.read(siteKeys)) await look(key);
    },
  };
}
