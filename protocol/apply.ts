import { applyTalk } from "./apply-talk.ts";
import type { Conversation } from "./conversation.ts";
import type { Event } from "./event.ts";

/** What `applyTalk` folds. */
type Told = "posted" | "edited" | "joined" | "resolved" | "reopened" | "asked" | "rated";

export { gap } from "./apply-talk.ts";

/** Folds any event into a conversation, an agent's view or a visitor's (D11): the server stores and agents show what it returns. */
export function apply(conversation: Conversation, event: Event): Conversation {
  return applyTalk(conversation, event, changeOfDesk);
}

/** What only agents hear of. `conversation` is a copy of its own: it may be written to. */
function changeOfDesk(conversation: Conversation, event: Event): void {
  switch (event.type) {
    case "assigned":
      if (event.agent) conversation.assignee = event.agent;
      else delete conversation.assignee;
      return;
    case "tagged": {
      const removed = new Set(event.remove);
      const kept = (conversation.tags ?? []).filter((tag) => !removed.has(tag));
      conversation.tags = [...new Set([...kept, ...(event.add ?? [])])];
      return;
    }
    case "snoozed":
      conversation.snoozedUntil = event.until;
      return;
    case "woken":
      delete conversation.snoozedUntil;
      return;
    case "redacted":
      // A visitor's view has no agents-only fields (D11).
      if (event.waiting && conversation.tags) conversation.waitingSince = event.waiting;
      return;
    default:
      event.type satisfies Told | "noted" | "escalated" | "followed-up";
      return;
  }
}
