import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { AgentCommand } from "../../protocol/command.ts";
import type { Conversation } from "../../protocol/conversation.ts";
import type { AgentHello } from "../../protocol/hello.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import type { Link } from "../../protocol/link.ts";
import type { Since } from "../ports.ts";
import type { Router } from "./router.ts";
import { createThread, type Thread } from "./thread.ts";

/** Threads kept after they were left, so that going back and forth shows them at once. */
const KEPT = 20;

/** The conversations that were looked at. The one in the address bar is open; the others are memories of it. */
export interface Threads {
  readonly current: ReadonlySignal<Thread | undefined>;
  /** Rises when the server was restored from a backup: what it acknowledged may be gone (D10). */
  readonly epochs: ReadonlySignal<number>;
  /** Of what the server told last. */
  epoch(): string | undefined;
  of(id: ConversationId): Thread;
  since(): Since;
  /** The page is looked at again: whatever was missed meanwhile is fetched (D8). */
  wake(): void;
  dispose(): void;
}

export function createThreads(link: Link<AgentCommand, AgentHello>, router: Router): Threads {
  const threads = new Map<ConversationId, Thread>();
  const epochs = signal(0);
  let epoch: string | undefined;

  const id = computed(() => {
    const route = router.route.value;
    return route.page === "inbox" ? route.conversation : undefined;
  });
  const current = computed(() => (id.value ? of(id.value) : undefined));

  function of(id: ConversationId): Thread {
    const known = threads.get(id) ?? createThread(id, link, restored);
    // Put back last: a Map remembers the order, and the front is what was looked at longest ago.
    threads.delete(id);
    threads.set(id, known);
    for (const old of threads.keys()) {
      if (threads.size <= KEPT) break;
      threads.delete(old);
    }
    return known;
  }

  function renewed(now: string) {
    const changed = epoch !== undefined && epoch !== now;
    epoch = now;
    if (changed) restored();
  }

  function restored() {
    for (const thread of threads.values()) thread.forget();
    void current.peek()?.open();
    epochs.value += 1;
  }

  function told(row: Conversation) {
    const thread = threads.get(row.id);
    thread?.told(row);
    // Gone with the log, and brought back by its visitor (D10).
    if (thread && thread === current.peek() && thread.state.peek() === "missing") void thread.open();
  }

  const stops = [
    effect(() => {
      const thread = current.value;
      if (!thread) return;
      untracked(() => void thread.open());
      return () => thread.leave();
    }),
    link.on("hello", (hello) => {
      renewed(hello.epoch);
      for (const event of hello.events) threads.get(event.conversation)?.hear(event);
      // Marks and facts that are no events may have moved while we were away.
      void current.peek()?.open();
    }),
    link.on("event", (event) => threads.get(event.conversation)?.hear(event)),
    link.on("pulse", (pulse) => {
      if (pulse.type === "read") threads.get(pulse.conversation)?.marked(pulse);
      else if (pulse.type === "row") told(pulse.row);
      else if (pulse.type === "heads") {
        renewed(pulse.epoch);
        const thread = current.peek();
        const heads = thread && pulse.heads[thread.id];
        if (heads) thread.behind(heads);
      }
    }),
  ];

  return {
    current,
    epochs,
    epoch: () => epoch,
    of,
    since() {
      const conversation = current.peek()?.conversation.peek();
      if (!conversation) return {};
      return { [conversation.id]: { talk: conversation.head.talk, desk: conversation.head.desk ?? 0 } };
    },
    wake: () => void current.peek()?.open(),
    dispose: () => {
      for (const stop of stops) stop();
    },
  };
}
