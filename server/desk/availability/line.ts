import type { ConversationId } from "../../../protocol/index.ts";
import type { ConversationRecord } from "../conversations/conversation-record.ts";

/** Somebody who waits for anybody at all to answer. */
export interface Waiting {
  readonly key: number;
  readonly id: ConversationId;
  readonly siteKey: number;
  readonly visitorKey: number;
  readonly since: number;
}

/** Minutes of waiting after which it is said that everyone is busy, that it will not be soon, that an answer comes later. */
export interface Patience {
  apologise: number;
  warn: number;
  end: number;
}

/** Help Scout's: long enough to be true, short enough to be kind. */
export const PATIENCE: Patience = { apologise: 5, warn: 25, end: 30 };

export type Stage = "waiting" | "busy" | "ending" | "ended";

const MINUTE_MS = 60_000;

/**
 * Who stands in line, per site, the longest wait first. Kept in memory: it follows from what is stored, and is read anew
 * at each start. Whoever has waited to the end stands in nobody's way; their words wait in the inbox.
 */
export function createLine() {
  const waiting = new Map<number, Map<number, Waiting>>();
  const of = (site: number) => {
    const line = waiting.get(site) ?? new Map<number, Waiting>();
    waiting.set(site, line);
    return line;
  };
  return {
    /** Takes in a conversation as it is now. Says whether the line changed. */
    heard({ key, siteKey, visitorKey, view }: ConversationRecord): boolean {
      const line = of(siteKey);
      const { status, assignee, waitingSince, id } = view;
      if (status !== "open" || assignee || waitingSince === undefined) return line.delete(key);
      const since = Date.parse(waitingSince);
      if (line.get(key)?.since === since) return false;
      line.set(key, { key, id, siteKey, visitorKey, since });
      return true;
    },
    fill(site: number, all: readonly Waiting[]) {
      waiting.set(site, new Map(all.map((one) => [one.key, one])));
    },
    sites: (): Iterable<number> => waiting.keys(),
    inOrder(site: number): Waiting[] {
      return [...of(site).values()].sort((a, b) => a.since - b.since || a.key - b.key);
    },
    find: (site: number, key: number) => of(site).get(key),
  };
}

export function stageOf(waited: number, { apologise, warn, end }: Patience): Stage {
  const minutes = waited / MINUTE_MS;
  if (minutes < apologise) return "waiting";
  if (minutes < warn) return "busy";
  return minutes < end ? "ending" : "ended";
}
