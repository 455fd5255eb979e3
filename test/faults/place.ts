import type { ConversationId, Event, Stream } from "../../protocol/index.ts";

/** What one connection shows of one conversation: each stream from its first event on, without a hole (D4). */
export interface View {
  readonly talk: Event[];
  readonly desk: Event[];
  /** Came before what stands in front of it. */
  readonly early: Map<string, Event>;
}

export function emptyView(): View {
  return { talk: [], desk: [], early: new Map() };
}

/** Takes an event in where it is the next one, keeps it where it is early, drops it where it is known (D4). */
export function place(view: View, event: Event): "placed" | "known" | "hole" {
  const stream = view[event.stream];
  if (event.seq <= stream.length) return "known";
  if (event.seq > stream.length + 1) {
    view.early.set(`${event.stream} ${event.seq}`, event);
    return "hole";
  }
  for (let next: Event | undefined = event; next; next = view.early.get(`${event.stream} ${stream.length + 1}`)) {
    stream.push(next);
    view.early.delete(`${event.stream} ${next.seq}`);
  }
  return "placed";
}

/**
 * Whether one connection was pushed every event after the place where it began to listen. The transport keeps order, so
 * a hole on an unbroken connection is a push that the server lost: heads would mend it, and this tells all the same (D16).
 */
export interface PushCounter {
  /** From now on, pushes of this stream are due after `head`. */
  from(conversation: ConversationId, stream: Stream, head: number): void;
  /** Not due any more. */
  end(conversation: ConversationId): void;
  pushed(event: Event): void;
  /** Up to where each stream was pushed, for those that are due. */
  places(): Iterable<[conversation: ConversationId, stream: Stream, seq: number]>;
}

export function createPushCounter(
  lost: (conversation: ConversationId, stream: Stream, seq: number) => void,
): PushCounter {
  const due = new Map<string, number>();
  const before = new Map<string, number[]>();
  const keyOf = (conversation: ConversationId, stream: Stream) => `${conversation} ${stream}`;

  const count = (conversation: ConversationId, stream: Stream, seq: number) => {
    const key = keyOf(conversation, stream);
    const reached = due.get(key) ?? 0;
    for (let missing = reached + 1; missing < seq; missing++) lost(conversation, stream, missing);
    if (seq > reached) due.set(key, seq);
  };

  return {
    from(conversation, stream, head) {
      const key = keyOf(conversation, stream);
      if ((due.get(key) ?? -1) >= head) return;
      due.set(key, head);
      // What was pushed while the answer was under way.
      const early = before.get(key) ?? [];
      before.delete(key);
      for (const seq of early) count(conversation, stream, seq);
    },
    end(conversation) {
      for (const stream of ["talk", "desk"] as const) {
        due.delete(keyOf(conversation, stream));
        before.delete(keyOf(conversation, stream));
      }
    },
    pushed({ conversation, stream, seq }) {
      const key = keyOf(conversation, stream);
      if (due.has(key)) return count(conversation, stream, seq);
      before.set(key, [...(before.get(key) ?? []), seq]);
    },
    *places() {
      for (const [key, seq] of due) {
        const [conversation, stream] = key.split(" ") as [ConversationId, Stream];
        yield [conversation, stream, seq];
      }
    },
  };
}
