import type { ConversationId, Hello, Reply, ServerPulse } from "../../protocol/index.ts";
import type { History } from "./history.ts";

/* What one connection hears besides events: noted for the checker, and doubted where it can be seen to be wrong at once. */

const AGENTS_ONLY = ["visitor", "tags", "tier", "priority", "waitingSince", "due", "snoozedUntil"] as const;
const VISITORS_PULSES = new Set<ServerPulse["type"]>(["typing", "presence", "availability", "queue", "read", "heads"]);

export interface Ears {
  /** `asked`: when the connection that is greeted was begun. */
  hello(hello: Hello, asked: number): void;
  reply(reply: Reply): void;
  pulse(pulse: ServerPulse): void;
  /** What is heard from now on comes by another connection. */
  down(): void;
}

export function createEars(person: string, namespace: "visitor" | "agent", { doubts, hearsay }: History): Ears {
  /** How far marks and heads were, as this connection was told. */
  const reached = new Map<string, number>();

  const doubt = (rule: string, says: string | undefined) => {
    if (says !== undefined) doubts.push({ rule, person, says });
  };
  const overhear = (told: Hello | Reply | ServerPulse) => {
    const leak = namespace === "visitor" ? leakIn(told) : undefined;
    if (leak !== undefined) doubt("D12", `was told ${leak}`);
  };
  // One connection keeps the order in which it is pushed to.
  const reach = (conversation: ConversationId, told: Readonly<Record<string, number | undefined>>) => {
    for (const [what, seq = 0] of Object.entries(told)) {
      const key = `${conversation} ${what}`;
      const before = reached.get(key) ?? 0;
      if (seq < before) doubt("D10", `${what} of ${conversation} went back from ${before} to ${seq}`);
      reached.set(key, seq);
    }
  };

  return {
    hello(hello, asked) {
      doubt("D7", hearsay.stale(hello, asked));
      overhear(hello);
      if (!("conversations" in hello)) return;
      for (const conversation of hello.conversations) hearsay.saw(person, "visitor", conversation);
    },
    reply: overhear,
    pulse(pulse) {
      overhear(pulse);
      hearsay.pulsed(person, pulse);
      if (pulse.type === "read") {
        const { conversation, visitor, agents } = pulse;
        reach(conversation, { ...(visitor !== undefined && { visitor }), ...(agents !== undefined && { agents }) });
      }
      if (pulse.type !== "row") return;
      const { id, read, head } = pulse.row;
      hearsay.saw(person, "agent", pulse.row);
      reach(id, { ...read, ...head });
    },
    down: () => reached.clear(),
  };
}

/** In words, what of a greeting, an answer or a pulse is for agents only (D12). */
function leakIn(told: Hello | Reply | ServerPulse): string | undefined {
  if ("conversations" in told) {
    const one = told.conversations.find((conversation) => AGENTS_ONLY.some((field) => field in conversation));
    if (one) return `a conversation with ${AGENTS_ONLY.filter((field) => field in one).join(", ")}`;
    if (told.conversations.some(({ head, status }) => head.desk !== undefined || status === "snoozed"))
      return "what follows from agents' events";
  }
  if ("ok" in told && told.ok) {
    const events = [...(told.event ? [told.event] : []), ...(told.events ?? [])];
    const desk = events.find(({ stream }) => stream === "desk");
    if (desk) return `the agents' ${desk.type}`;
    if (told.rows || told.conversation) return "a conversation as agents see it";
  }
  if (!("type" in told)) return undefined;
  if (!VISITORS_PULSES.has(told.type)) return `the pulse ${told.type}`;
  if (told.type === "heads" && Object.values(told.heads).some(({ desk }) => desk !== undefined))
    return "where the agents' stream stands";
  return undefined;
}
