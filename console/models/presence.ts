import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AgentCommand } from "../../protocol/command.ts";
import type { AgentHello } from "../../protocol/hello.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import type { Link } from "../../protocol/link.ts";
import type { AgentCard, Author } from "../../protocol/people.ts";
import { TYPING_GONE_AFTER_MS } from "../../protocol/typing-times.ts";

type PerConversation<T> = Readonly<Record<ConversationId, readonly T[]>>;

/** Who looks at what, and who writes where. Never stored: a new connection begins with nobody. */
export interface Presence {
  readonly viewing: ReadonlySignal<PerConversation<AgentCard>>;
  readonly typing: ReadonlySignal<PerConversation<Author>>;
  readonly up: ReadonlySignal<boolean>;
  /** Whether there was a connection at all: before the first one nothing is "lost". */
  readonly wasUp: ReadonlySignal<boolean>;
  dispose(): void;
}

/** `away` is one's own: told to the server when it changes, and changed where another page of the same agent's did. */
export function createPresence(link: Link<AgentCommand, AgentHello>, away: Signal<boolean>): Presence {
  const viewing = signal<PerConversation<AgentCard>>({});
  const typing = signal<PerConversation<Author>>({});
  const up = signal(link.up);
  const wasUp = signal(link.up);
  let told = away.peek();
  const gone = new Map<string, ReturnType<typeof setTimeout>>();

  function typed(conversation: ConversationId, by: Author, on: boolean) {
    const key = `${conversation} ${by.id ?? by.kind}`;
    clearTimeout(gone.get(key));
    gone.delete(key);
    const same = (other: Author) => other.kind === by.kind && other.id === by.id;
    const others = (typing.peek()[conversation] ?? []).filter((other) => !same(other));
    typing.value = { ...typing.peek(), [conversation]: on ? [...others, by] : others };
    if (on)
      gone.set(
        key,
        setTimeout(() => typed(conversation, by, false), TYPING_GONE_AFTER_MS),
      );
  }

  const stops = [
    link.on("up", () => {
      up.value = true;
      wasUp.value = true;
    }),
    link.on("down", () => {
      up.value = false;
    }),
    link.on("pulse", (pulse) => {
      if (pulse.type === "typing") typed(pulse.conversation, pulse.by, pulse.on);
      if (pulse.type === "away") {
        told = pulse.on;
        away.value = pulse.on;
      }
      if (pulse.type === "viewing") viewing.value = { ...viewing.peek(), [pulse.conversation]: pulse.agents };
    }),
    // Whoever's message arrived has stopped typing it.
    link.on("event", (event) => {
      if (event.type === "posted") typed(event.conversation, event.by, false);
    }),
    effect(() => {
      const on = away.value;
      // Without a connection it is told by the next handshake.
      if (on !== told) link.pulse({ type: "away", on });
      told = on;
    }),
    effect(() => {
      if (up.value) return;
      viewing.value = {};
      typing.value = {};
    }),
  ];
  return {
    viewing,
    typing,
    up,
    wasUp,
    dispose() {
      for (const stop of stops) stop();
      for (const timer of gone.values()) clearTimeout(timer);
    },
  };
}
