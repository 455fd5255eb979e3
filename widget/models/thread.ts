import type { Conversation } from "../../protocol/conversation.ts";
import type { ArticleCard, Event, EventOf, FileCard } from "../../protocol/event.ts";
import { givenName } from "../../ui/initials.ts";
import { sameDay } from "../../ui/when.ts";
import { computed, signal } from "../signals.ts";
import type { Storage } from "../storage.ts";
import { uuid7 } from "../uuid7.ts";
import type { Log } from "./log.ts";
import type { Outbox, Outgoing } from "./outbox.ts";

/** Messages of one author closer than this share one line of name and time. */
const TOGETHER_MS = 3 * 60_000;
const KEY = "current";

export type Delivery = "sending" | "waiting" | "failed" | "refused" | "sent" | "seen";

export interface Message {
  kind: "message";
  key: string;
  mine: boolean;
  at: string;
  text: string;
  name?: string | undefined;
  edited?: boolean;
  redacted?: boolean;
  article?: ArticleCard | undefined;
  /** Those of a message on its way by their ids alone. */
  files?: readonly (FileCard | string)[] | undefined;
  delivery?: Delivery;
  /** The last of its group: carries name, time and delivery. */
  last: boolean;
}

export type Item =
  | Message
  | { kind: "day"; key: string; at: string }
  | { kind: "event"; key: string; event: EventOf<"joined" | "resolved" | "reopened" | "rated"> };

/** The conversation in view: what the server has and what is on its way, as one list. */
export function createThread(ports: { storage: Storage; log: Log; outbox: Outbox; online(): boolean }) {
  const { storage, log, outbox } = ports;
  const current = signal<string | undefined>(storage.get(KEY));

  const talk = computed(() => (current.value ? log.talks.value.get(current.value)?.value : undefined));
  const conversation = computed(() => talk.value?.conversation);

  const items = computed<Item[]>(() => {
    const events = talk.value?.events ?? [];
    const known = new Set(events.map(({ id }) => id));
    const pending = outbox.pending.value.filter(
      ({ post }) => post.conversation === current.value && !known.has(post.id),
    );
    const messages = [
      ...shownEvents(events, conversation.value),
      ...pending.map((outgoing) => twin(outgoing, ports.online(), outbox.failed(outgoing))),
    ];
    return withDays(grouped(messages));
  });

  /** Agents' messages that the visitor has not seen: of the conversation under way, whichever is in view. */
  const unread = computed(() => {
    const open = Array.from(log.talks.value.values(), ({ value }) => value).find(
      ({ conversation }) => conversation.status !== "resolved",
    );
    const { conversation, events = [] } = open ?? talk.value ?? {};
    const read = conversation?.read.visitor ?? 0;
    return events.filter(({ type, by, seq }) => type === "posted" && by.kind === "agent" && seq > read).length;
  });

  function show(id: string | undefined) {
    current.value = id;
    if (id) storage.set(KEY, id);
    else storage.remove(KEY);
  }

  return {
    current,
    conversation,
    items,
    unread,
    show,
    /** Where a message goes: the conversation in view, else the open one, else another tab's, else a new one. */
    target(fresh: boolean): Conversation["id"] {
      const shown = conversation.value;
      const open = newest(log, ({ status }) => status !== "resolved");
      const id =
        fresh && shown?.status === "resolved" ? open?.id : (current.value ?? open?.id ?? storage.get<string>(KEY));
      const target = id ?? uuid7();
      show(target);
      return target as Conversation["id"];
    },
    /** After a hello: the open conversation, or the one that ended last. */
    settle() {
      const pending = outbox.pending.peek()[0]?.post.conversation;
      const known =
        current.peek() !== undefined && (log.talks.peek().has(current.peek() ?? "") || pending === current.peek());
      if (known && conversation.peek()?.status !== "resolved") return;
      const open = newest(log, ({ status }) => status !== "resolved");
      if (open) show(open.id);
      else if (!known) show(newest(log, () => true)?.id ?? pending);
    },
  };
}

export type Thread = ReturnType<typeof createThread>;

function newest(log: Log, fits: (conversation: Conversation) => boolean): Conversation | undefined {
  return Array.from(log.talks.peek().values(), (talk) => talk.peek().conversation)
    .filter(fits)
    .sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))[0];
}

function shownEvents(events: readonly Event[], conversation: Conversation | undefined): Item[] {
  const edits = new Map<number, string | undefined>();
  for (const event of events) {
    if (event.type === "edited") edits.set(event.target, event.text);
    if (event.type === "redacted") edits.set(event.target, undefined);
  }
  return events.flatMap((event): Item[] => {
    switch (event.type) {
      case "posted":
        return [message(event, conversation, edits)];
      case "joined":
      case "resolved":
      case "reopened":
        return [{ kind: "event", key: event.id, event }];
      case "rated":
        // The first answer is shown as the visitor's own words; later ones only refine it.
        return events.some(
          (other) => other.type === "rated" && other.episode === event.episode && other.seq < event.seq,
        )
          ? []
          : [{ kind: "event", key: event.id, event }];
      default:
        return [];
    }
  });
}

function message(
  event: EventOf<"posted">,
  conversation: Conversation | undefined,
  edits: ReadonlyMap<number, string | undefined>,
): Message {
  const mine = event.by.kind === "visitor";
  const changed = edits.has(event.seq);
  const text = changed ? edits.get(event.seq) : event.text;
  return {
    kind: "message",
    key: event.id,
    mine,
    at: event.at,
    text: text ?? "",
    name: event.by.name && givenName(event.by.name),
    edited: changed && text !== undefined,
    redacted: changed && text === undefined,
    article: event.article,
    files: event.files,
    ...(mine && { delivery: (conversation?.read.agents ?? 0) >= event.seq ? "seen" : "sent" }),
    last: true,
  };
}

/** The bubble of a message that is on its way: same key as the event that will confirm it. */
function twin({ post, at, refused }: Outgoing, online: boolean, failed: boolean): Message {
  const delivery = refused ? "refused" : failed ? "failed" : online ? "sending" : "waiting";
  return {
    kind: "message",
    key: post.id,
    mine: true,
    at: new Date(at).toISOString(),
    text: post.text,
    files: post.files,
    delivery,
    last: true,
  };
}

function grouped(items: Item[]): Item[] {
  return items.map((item, index) => {
    const next = items[index + 1];
    const together =
      item.kind === "message" &&
      next?.kind === "message" &&
      next.mine === item.mine &&
      next.name === item.name &&
      next.delivery === item.delivery &&
      item.delivery !== "failed" &&
      item.delivery !== "refused" &&
      Date.parse(next.at) - Date.parse(item.at) < TOGETHER_MS;
    return together ? { ...item, last: false } : item;
  });
}

function withDays(items: Item[]): Item[] {
  let before: string | undefined;
  return items.flatMap((item) => {
    const at = item.kind === "event" ? item.event.at : item.at;
    const fresh = before === undefined || !sameDay(before, at);
    before = at;
    return fresh ? [{ kind: "day", key: `day-${at.slice(0, 10)}-${item.key}`, at } as const, item] : [item];
  });
}
