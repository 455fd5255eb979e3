import { apply, type Conversation, type Event, type SiteId, type Stream } from "../../protocol/index.ts";

/** What one client has of one conversation: a prefix of each stream, and what folding it gives (D4, D11). */
export interface View {
  conversation: Conversation | undefined;
  readonly talk: Event[];
  readonly desk: Event[];
  /** Came too early: kept until what stands before it is here. */
  early: Event[];
}

export function emptyView(): View {
  return { conversation: undefined, talk: [], desk: [], early: [] };
}

/** Where the view stands in a stream. */
export function headOf(view: View, stream: Stream): number {
  return view.conversation?.head[stream] ?? 0;
}

/** Begins a view with a snapshot and the events that came with it. */
export function begin(view: View, conversation: Conversation, events: readonly Event[]): void {
  view.conversation = conversation;
  for (const stream of ["talk", "desk"] as const) {
    view[stream].splice(0, Number.POSITIVE_INFINITY, ...events.filter((event) => event.stream === stream));
  }
  takeEarly(view);
}

/** Takes an event in where it is the next one, keeps it where it is early, drops it where it is known (D4). */
export function take(view: View, event: Event): "taken" | "known" | "hole" {
  const head = headOf(view, event.stream);
  if (event.seq <= head) return "known";
  if (!view.conversation || event.seq > head + 1) {
    view.early.push(event);
    return "hole";
  }
  view[event.stream].push(event);
  view.conversation = apply(view.conversation, event);
  takeEarly(view);
  return "taken";
}

function takeEarly(view: View): void {
  view.early = view.early.filter(({ stream, seq }) => seq > headOf(view, stream));
  const next = view.early.find(({ stream, seq }) => seq === headOf(view, stream) + 1);
  if (next) take(view, next);
}

/** A visitor's conversation before its first event, as whoever hears that event must think of it. */
export function beginning({ conversation, at }: Pick<Event, "conversation" | "at">, site: SiteId): Conversation {
  return {
    id: conversation,
    site,
    status: "open",
    episode: 1,
    openedAt: at,
    updatedAt: at,
    head: { talk: 0 },
    read: { visitor: 0, agents: 0 },
  };
}
