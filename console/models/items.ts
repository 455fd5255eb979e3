import type { Conversation } from "../../protocol/conversation.ts";
import type { ArticleCard, Asked, Event, EventOf, FileCard } from "../../protocol/event.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { Author } from "../../protocol/people.ts";
import { sameDay } from "../../ui/when.ts";
import type { Pending } from "./outbox.ts";
import type { Log } from "./thread.ts";

/** Messages of one person this close together stand as one. */
const GROUP_MS = 5 * 60_000;

export interface Message {
  readonly kind: "message";
  readonly key: string;
  /** Absent until it is confirmed. */
  readonly seq?: number;
  readonly by: Author;
  /** Ours to change. */
  readonly mine: boolean;
  readonly at: string;
  readonly text: string;
  readonly article?: ArticleCard | undefined;
  readonly files?: readonly FileCard[] | undefined;
  readonly edited: boolean;
  readonly redacted: boolean;
  readonly delivery?: "sending" | "failed" | "sent" | "seen";
  readonly fault?: Fault;
  /** First and last of a group of one person's messages. */
  readonly first: boolean;
  readonly last: boolean;
}

export interface Note {
  readonly kind: "note";
  readonly key: string;
  readonly by: Author;
  readonly at: string;
  readonly text: string;
  readonly delivery?: "sending" | "failed";
  readonly fault?: Fault;
}

/** Something that happened, told in one line. */
export type FactEvent = Exclude<Event, { type: "posted" | "edited" | "redacted" | "noted" | "rated" }>;

export type Item =
  | Message
  | Note
  | { readonly kind: "day"; readonly key: string; readonly at: string }
  | { readonly kind: "searched"; readonly key: string; readonly asked: Asked; readonly at: string }
  | { readonly kind: "rated"; readonly key: string; readonly event: EventOf<"rated"> }
  | { readonly kind: "fact"; readonly key: string; readonly event: FactEvent };

/** What a thread shows: both streams in the order of time, changes folded into what they change, unconfirmed last. Pure. */
export function itemsOf(
  conversation: Conversation,
  log: Log,
  pending: readonly Pending[],
  me: Author | undefined,
): readonly Item[] {
  const changes = new Map<number, EventOf<"edited" | "redacted">>();
  const ratings = new Map<number, number>();
  for (const event of log.talk) {
    if (event.type === "edited" || event.type === "redacted") changes.set(event.target, event);
    if (event.type === "rated") ratings.set(event.episode, event.seq);
  }
  const assignments = new Set(
    log.desk.flatMap((event) => (event.type === "assigned" && event.agent ? [`${event.agent.id} ${event.at}`] : [])),
  );
  const items: Item[] = [];
  for (const event of merge(log)) {
    const key = `${event.stream} ${event.seq}`;
    switch (event.type) {
      case "edited":
      case "redacted":
        break;
      case "posted": {
        if (event.asked?.q) items.push({ kind: "searched", key: `${key} asked`, asked: event.asked, at: event.at });
        items.push(messageOf(event, conversation, me, changes.get(event.seq)));
        break;
      }
      case "noted":
        items.push({ kind: "note", key: event.id, by: event.by, at: event.at, text: event.text });
        break;
      case "rated":
        // Solved first, then stars, then reasons: only the newest answer of an episode counts.
        if (ratings.get(event.episode) === event.seq) items.push({ kind: "rated", key, event });
        break;
      case "asked":
        if (conversation.survey?.episode === event.episode && !conversation.survey.answer)
          items.push({ kind: "fact", key, event });
        break;
      case "joined":
        // The assignment says the same to us.
        if (!assignments.has(`${event.agent.id} ${event.at}`)) items.push({ kind: "fact", key, event });
        break;
      case "resolved":
      case "reopened":
      case "assigned":
      case "tagged":
      case "snoozed":
      case "woken":
      case "escalated":
      case "followed-up":
        items.push({ kind: "fact", key, event });
        break;
      default:
        // A newer server may tell of things that this console has no words for.
        event satisfies never;
    }
  }
  const stored = new Set([...log.talk, ...log.desk].map(({ id }) => id as string));
  for (const one of pending) if (!stored.has(one.command.id)) items.push(waitingItem(one, me));
  return grouped(withDays(items));
}

/** Each stream keeps its own order (D4), whatever clocks say; between them time decides. */
function* merge({ talk, desk }: Log): Generator<Event> {
  let at = 0;
  for (const event of talk) {
    for (let note = desk[at]; note && note.at <= event.at; note = desk[at]) {
      yield note;
      at += 1;
    }
    yield event;
  }
  yield* desk.slice(at);
}

function messageOf(
  event: EventOf<"posted">,
  { read }: Conversation,
  me: Author | undefined,
  change: EventOf<"edited" | "redacted"> | undefined,
): Message {
  const redacted = change?.type === "redacted";
  return {
    kind: "message",
    key: event.id,
    seq: event.seq,
    by: event.by,
    mine: event.by.kind === "agent" && event.by.id === me?.id,
    at: event.at,
    text: redacted ? "" : change?.type === "edited" ? change.text : event.text,
    ...(!redacted && { article: event.article, files: event.files }),
    edited: change?.type === "edited",
    redacted,
    ...(event.by.kind === "agent" && { delivery: event.seq <= read.visitor ? "seen" : "sent" }),
    first: true,
    last: true,
  };
}

function waitingItem({ command, at, state, card, files, fault }: Pending, me: Author | undefined): Message | Note {
  const common = {
    key: command.id,
    at,
    text: command.text,
    by: me ?? { kind: "agent" as const },
    delivery: state,
    ...(fault && { fault }),
  };
  if (command.type === "note") return { kind: "note", ...common };
  const plain = { edited: false, redacted: false, first: true, last: true };
  return { kind: "message", ...common, mine: true, article: card, files, ...plain };
}

function withDays(items: readonly Item[]): Item[] {
  let last: string | undefined;
  return items.flatMap((item): Item[] => {
    const at = "event" in item ? item.event.at : item.at;
    const turns = last === undefined || !sameDay(last, at);
    last = at;
    return turns ? [{ kind: "day", key: `day ${at}`, at }, item] : [item];
  });
}

function grouped(items: readonly Item[]): Item[] {
  return items.map((item, index) => {
    if (item.kind !== "message") return item;
    return { ...item, first: !together(items[index - 1], item), last: !together(item, items[index + 1]) };
  });
}

function together(one: Item | undefined, other: Item | undefined): boolean {
  if (one?.kind !== "message" || other?.kind !== "message") return false;
  if (one.by.kind !== other.by.kind || one.by.id !== other.by.id || one.delivery === "failed") return false;
  return Date.parse(other.at) - Date.parse(one.at) < GROUP_MS;
}
