import type { Conversation } from "../protocol/conversation.ts";
import type { Author } from "../protocol/people.ts";
import { givenName } from "../ui/initials.ts";
import { plainName } from "./plain-name.ts";
import type { Sentences } from "./sentences/sentences.ts";

/** How the visitor of a conversation is called in full. */
export function nameOf({ visitor }: Conversation, t: Sentences): string {
  return plainName(visitor?.name) ?? (visitor?.email || t.visitor);
}

/** And in a sentence. */
export function shortNameOf({ visitor }: Conversation, t: Sentences): string {
  const name = plainName(visitor?.name);
  return name ? givenName(name) : t.visitor;
}

/** An author in a sentence: "You" for oneself. */
export function authorOf(by: Author, me: string | undefined, conversation: Conversation, t: Sentences): string {
  if (by.kind === "visitor") return shortNameOf(conversation, t);
  if (by.id !== undefined && by.id === me) return t.you;
  const name = plainName(by.name);
  return name ? givenName(name) : t.somebody;
}
