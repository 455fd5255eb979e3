import { backOff } from "../../protocol/back-off.ts";
import type { ConversationId } from "../../protocol/ids.ts";

/** The least that a pause grows by, ms. */
export const RETRY_MS = 1_000;

/**
 * Where the server asked for patience: until when, and how often in a row. By a clock that nobody sets. `over` hears when
 * a conversation's time has come.
 */
export function createPatience(over: (conversation: ConversationId) => void) {
  const waits = new Map<ConversationId, { until: number; count: number; timer: ReturnType<typeof setTimeout> }>();

  function rest(conversation: ConversationId, ms: number) {
    const before = waits.get(conversation);
    // The newest word counts: an older one that runs out would end it early.
    clearTimeout(before?.timer);
    const count = (before?.count ?? 0) + 1;
    const timer = setTimeout(() => {
      // The timer has the last word: it may be a little early by the other clock, and nobody would try again.
      waits.set(conversation, { until: 0, count, timer });
      over(conversation);
    }, ms);
    waits.set(conversation, { until: performance.now() + ms, count, timer });
  }

  return {
    asked: (conversation: ConversationId) => performance.now() < (waits.get(conversation)?.until ?? 0),
    /** Waits as another page was told to. */
    rest,
    /** Waits for as long as the server said, never less, and spread beyond that; returns how long, ms. */
    later(conversation: ConversationId, afterMs: number, toMs: number): number {
      const ms = afterMs + backOff(waits.get(conversation)?.count ?? 0, RETRY_MS, toMs);
      rest(conversation, ms);
      return ms;
    },
    /** The server took something. */
    end(conversation: ConversationId) {
      clearTimeout(waits.get(conversation)?.timer);
      waits.delete(conversation);
    },
    dispose() {
      for (const { timer } of waits.values()) clearTimeout(timer);
    },
  };
}
