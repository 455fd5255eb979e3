import type { ConversationId } from "../../protocol/ids.ts";
import type { ServerPulse } from "../../protocol/pulse.ts";
import { NOT_TYPING, typed } from "../../protocol/typing.ts";
import { TYPING_GONE_AFTER_MS } from "../../protocol/typing-times.ts";
import { givenName } from "../../ui/initials.ts";
import { signal } from "../signals.ts";
import type { VisitorLink } from "./session.ts";

/** Who types: we say it at most every three seconds, and forget others after six. */
export function createTyping(ports: { link(): VisitorLink | undefined; current(): string | undefined }) {
  /** The name of the agent who types in this conversation; "" where it is not known. */
  const other = signal<{ conversation: string; name: string } | undefined>(undefined);
  let mine = NOT_TYPING;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const forget = () => {
    clearTimeout(timer);
    other.value = undefined;
  };

  function tell([state, on]: ReturnType<typeof typed>) {
    mine = state;
    const conversation = ports.current();
    if (on !== undefined && conversation)
      ports.link()?.pulse({ type: "typing", conversation: conversation as ConversationId, on });
  }

  return {
    other,
    forget,
    typed: (full: boolean) => tell(typed(mine, full, Date.now())),
    pulse(pulse: ServerPulse) {
      if (pulse.type !== "typing" || pulse.by.kind !== "agent") return;
      forget();
      if (!pulse.on) return;
      other.value = { conversation: pulse.conversation, name: givenName(pulse.by.name ?? "") };
      timer = setTimeout(forget, TYPING_GONE_AFTER_MS);
    },
    dispose: () => clearTimeout(timer),
  };
}

export type Typing = ReturnType<typeof createTyping>;
