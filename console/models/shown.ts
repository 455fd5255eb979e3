import { computed, type ReadonlySignal } from "@preact/signals";
import type { Author } from "../../protocol/people.ts";
import { type Item, itemsOf } from "./items.ts";
import type { Outbox } from "./outbox.ts";
import type { Session } from "./session.ts";
import type { Threads } from "./threads.ts";

/** What the open thread shows: confirmed and unconfirmed together. Confirmation is the disappearance of the twin. */
export function createShown(session: Session, threads: Threads, outbox: Outbox): ReadonlySignal<readonly Item[]> {
  const me = computed((): Author | undefined => {
    const agent = session.agent.value;
    return agent && { kind: "agent", id: agent.id, name: agent.name };
  });
  return computed(() => {
    const thread = threads.current.value;
    const conversation = thread?.conversation.value;
    if (!thread || !conversation) return [];
    const pending = outbox.pending.value.filter(({ command }) => command.conversation === thread.id);
    return itemsOf(conversation, thread.log.value, pending, me.value);
  });
}
