import type { Conversation } from "./conversation.ts";
import type { Event } from "./event.ts";

const SUBJECT_LENGTH = 100;
const LATEST_LENGTH = 160;

/**
 * Folds one event into a conversation and returns the new one (D11). Pure. As it stands it is all that a visitor's client
 * needs, for a visitor hears no `desk` events; what those change, `more` writes into the copy.
 *
 * An event at or below the head of its stream changes nothing (D4). A hole is the caller's business: see `gap`.
 *
 * The two streams of a conversation may arrive one before the other, after a lost push or a reconnect: so each field
 * follows from one stream alone, or from both by a rule that knows no order.
 */
export function applyTalk(
  conversation: Conversation,
  event: Event,
  more?: (conversation: Conversation, event: Event) => void,
): Conversation {
  const head = conversation.head[event.stream] ?? 0;
  if (event.seq <= head) return conversation;
  const next: Conversation = {
    ...conversation,
    updatedAt: event.at > conversation.updatedAt ? event.at : conversation.updatedAt,
    head: { ...conversation.head, [event.stream]: event.seq },
  };
  change(next, event);
  more?.(next, event);
  next.status = next.resolvedAt !== undefined ? "resolved" : next.snoozedUntil !== undefined ? "snoozed" : "open";
  return next;
}

/** Whether events are missing between what the conversation holds and this event (D4): then sync, and apply in order. */
export function gap(conversation: Conversation, event: Event): boolean {
  return event.seq > (conversation.head[event.stream] ?? 0) + 1;
}

/** `conversation` is a copy of its own: it may be written to. */
function change(conversation: Conversation, event: Event): void {
  // A visitor's view has no agents-only fields (D11).
  const agents = conversation.tags !== undefined;
  switch (event.type) {
    case "posted": {
      if (event.seq === 1) subject(conversation, event.text);
      if (event.page) conversation.page = event.page;
      if (event.locale) conversation.locale = event.locale;
      const text = clip(event.text || event.article?.title || event.files?.[0]?.name || "", LATEST_LENGTH);
      conversation.latest = {
        by: event.by.kind,
        ...(event.by.name !== undefined && { name: event.by.name }),
        text,
        at: event.at,
        seq: event.seq,
      };
      if (event.by.kind === "visitor" && agents) conversation.waitingSince ??= event.at;
      else if (event.by.kind === "agent") delete conversation.waitingSince;
      return;
    }
    case "edited":
      if (event.target === 1) subject(conversation, event.text);
      if (conversation.latest?.seq === event.target)
        conversation.latest = { ...conversation.latest, text: clip(event.text, LATEST_LENGTH) };
      return;
    case "redacted":
      if (event.target === 1) delete conversation.subject;
      if (conversation.latest?.seq === event.target) conversation.latest = { ...conversation.latest, text: "" };
      return;
    case "joined":
      // Agents hear it as `assigned`, and also when somebody leaves again.
      if (!agents) conversation.assignee = event.agent;
      return;
    case "resolved":
      conversation.resolvedAt = event.at;
      delete conversation.waitingSince;
      return;
    case "reopened":
      conversation.episode = event.episode;
      delete conversation.resolvedAt;
      // A survey nobody answered belongs to an end that was none; an answered one stays.
      if (!conversation.survey?.answer) delete conversation.survey;
      if (event.by.kind === "visitor" && agents) conversation.waitingSince ??= event.at;
      return;
    case "asked":
      conversation.survey = { episode: event.episode, askedAt: event.at, expiresAt: event.expiresAt };
      return;
    case "rated": {
      const { solved, rating, reasons, comment } = event;
      if (conversation.survey?.episode !== event.episode) return;
      conversation.survey = {
        ...conversation.survey,
        answer: {
          solved,
          ...(rating !== undefined && { rating }),
          ...(reasons !== undefined && { reasons }),
          ...(comment !== undefined && { comment }),
          // When it was first answered: it may be changed for 24 hours from then.
          at: conversation.survey.answer?.at ?? event.at,
        },
      };
      return;
    }
    default:
      // Those change what only agents see, or nothing. A new type does not compile until it is placed, here and in `apply`.
      event.type satisfies "assigned" | "tagged" | "snoozed" | "woken" | "noted" | "escalated" | "followed-up";
      return;
  }
}

function subject(conversation: Conversation, text: string): void {
  const line = clip(text.trim().split("\n", 1)[0] ?? "", SUBJECT_LENGTH);
  if (line) conversation.subject = line;
}

/** Cuts by code points, so that no emoji is halved. */
function clip(text: string, length: number): string {
  const flat = text.replace(/\s+/g, " ").trim();
  if (flat.length <= length) return flat;
  return `${[...flat].slice(0, length - 1).join("")}…`;
}
