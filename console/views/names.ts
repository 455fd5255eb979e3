import type { Conversation } from "../../protocol/conversation.ts";
import type { Author } from "../../protocol/people.ts";
import { givenName } from "../../ui/initials.ts";
import type { Sentences } from "../sentences/sentences.ts";

/** How the visitor of a conversation is called in full. */
export function nameOf({ visitor }: Conversation, t: Sentences): string {
  return visitor?.name || visitor?.email || t.visitor;
}

/** And in a sentence. */
export function shortNameOf(conversation: Conversation, t: Sentences): string {
  return conversation.visitor?.name ? givenName(conversation.visitor.name) : t.visitor;
}

/** An author in a sentence: "You" for oneself. */
export function authorOf(by: Author, me: string | undefined, conversation: Conversation, t: Sentences): string {
  if (by.kind === "visitor") return shortNameOf(conversation, t);
  if (by.id !== undefined && by.id === me) return t.you;
  return by.name ? givenName(by.name) : t.somebody;
}
