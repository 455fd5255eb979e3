import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { AgentCommand, View } from "../../protocol/command.ts";
import type { Conversation } from "../../protocol/conversation.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { AgentHello } from "../../protocol/hello.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import type { Link } from "../../protocol/link.ts";
import { belongs, compare } from "./inbox-views.ts";
import type { Router } from "./router.ts";
import { createSecondTry } from "./second-try.ts";
import type { Session } from "./session.ts";

const PAGE = 50;
/** Search waits for a pause in typing. */
const SEARCH_AFTER_MS = 200;
const COUNTED = ["waiting", "mine", "unassigned"] as const satisfies View[];

/** One fetched stretch of a list, from its beginning. */
interface Stretch {
  readonly ids: readonly ConversationId[];
  /** Set while more lies beyond. */
  readonly cursor?: string;
}

export interface Inbox {
  readonly view: ReadonlySignal<View>;
  readonly rows: ReadonlySignal<readonly Conversation[]>;
  readonly state: ReadonlySignal<"loading" | "ready" | "failed">;
  readonly more: ReadonlySignal<boolean>;
  /** How many are known to stand in a view; `more` where there are others beyond. */
  readonly counts: ReadonlySignal<Readonly<Partial<Record<View, { readonly n: number; readonly more: boolean }>>>>;
  readonly query: Signal<string>;
  readonly tag: Signal<string | undefined>;
  /** Every tag seen so far, for menus. */
  readonly tags: ReadonlySignal<readonly string[]>;
  row(id: ConversationId): Conversation | undefined;
  fetchMore(): Promise<void>;
  refresh(): void;
  dispose(): void;
}

/**
 * The list. Rows live in one map, whatever brought them; a view shows those that belong to it, up to where it was
 * fetched. So a `row` pulse moves a conversation between views without asking again. A search is the server's alone.
 */
export function createInbox(link: Link<AgentCommand, AgentHello>, router: Router, session: Session): Inbox {
  const known = signal<Readonly<Record<ConversationId, Conversation>>>({});
  const stretches = signal<Readonly<Partial<Record<string, Stretch>>>>({});
  const state = signal<"loading" | "ready" | "failed">("loading");
  const query = signal("");
  const tag = signal<string>();
  const site = computed(() => session.site.value?.id);
  const me = computed(() => session.agent.value?.id);
  let last: View = "waiting";
  // On other pages the inbox stays as it was left.
  const view = computed(() => {
    const route = router.route.value;
    if (route.page === "inbox") last = route.view;
    return last;
  });
  const key = computed(() => keyOf(view.value));

  function keyOf(view: View): string {
    return JSON.stringify([site.value, view, query.value.trim(), tag.value ?? ""]);
  }

  function learn(rows: readonly Conversation[]) {
    const fresh = rows.filter((row) => !isOlder(row, known.peek()[row.id]));
    if (fresh.length) known.value = { ...known.peek(), ...Object.fromEntries(fresh.map((row) => [row.id, row])) };
  }

  /** Returns why it did not come. */
  async function fetch(view: View, from?: Stretch): Promise<Fault | undefined> {
    const now = site.peek();
    if (!now) return undefined;
    const into = keyOf(view);
    const text = query.peek().trim();
    const only = tag.peek();
    const reply = await link.send({
      type: "inbox",
      site: now,
      view,
      limit: PAGE,
      ...(from?.cursor && { cursor: from.cursor }),
      ...(text && { query: text }),
      ...(only && { tag: only }),
    });
    if (!reply.ok) {
      // Without a connection the list stands as it was; the next hello fetches anew.
      if (reply.fault.retry === "never" && into === key.peek()) state.value = "failed";
      return reply.fault;
    }
    const rows = reply.rows ?? [];
    batch(() => {
      learn(rows);
      const ids = [...new Set([...(from?.ids ?? []), ...rows.map((row) => row.id)])];
      stretches.value = { ...stretches.peek(), [into]: { ids, ...(reply.cursor && { cursor: reply.cursor }) } };
      if (into === key.peek()) state.value = "ready";
    });
    return undefined;
  }

  function shown(view: View): Conversation[] {
    const stretch = stretches.value[keyOf(view)];
    if (!stretch) return [];
    const rows = known.value;
    const fetched = stretch.ids.map((id) => rows[id]).filter((row) => row !== undefined);
    if (query.value.trim()) return fetched;
    const belonging = Object.values(rows).filter(
      (row) =>
        row.site === site.value &&
        belongs(row, view, me.value) &&
        (tag.value === undefined || row.tags?.includes(tag.value)),
    );
    const sorted = belonging.sort(compare(view));
    // Rows that other views brought may lie beyond what this one has fetched: between them and its end others are missing.
    const last = stretch.cursor && fetched.at(-1);
    return last ? sorted.filter((row) => compare(view)(row, last) <= 0) : sorted;
  }

  const rows = computed(() => shown(view.value));
  const counts = computed(() => {
    const counted: Partial<Record<View, { n: number; more: boolean }>> = {};
    if (query.value.trim() || tag.value) return counted;
    for (const view of COUNTED) {
      const stretch = stretches.value[keyOf(view)];
      if (stretch) counted[view] = { n: shown(view).length, more: stretch.cursor !== undefined };
    }
    return counted;
  });

  const second = createSecondTry(() => void refresh());
  const refresh = async () => {
    const others = query.peek().trim() ? [] : COUNTED.filter((other) => other !== view.peek());
    const faults = await Promise.all([view.peek(), ...others].map((view) => fetch(view)));
    const fault = faults.find((one) => one?.retry === "after");
    if (fault && link.up) second.later(fault);
    else second.over();
  };

  let searching: ReturnType<typeof setTimeout> | undefined;
  const stops = [
    effect(() => {
      const now = key.value;
      if (!site.value || !session.live.value) return;
      untracked(() => {
        if (!stretches.peek()[now]) state.value = "loading";
        clearTimeout(searching);
        searching = setTimeout(() => void refresh(), query.peek() ? SEARCH_AFTER_MS : 0);
      });
    }),
    link.on("hello", () => void refresh()),
    link.on("pulse", (pulse) => {
      if (pulse.type === "row") learn([pulse.row]);
      if (pulse.type === "read") {
        const row = known.peek()[pulse.conversation];
        if (!row) return;
        const read = {
          visitor: Math.max(row.read.visitor, pulse.visitor ?? 0),
          agents: Math.max(row.read.agents, pulse.agents ?? 0),
        };
        known.value = { ...known.peek(), [row.id]: { ...row, read } };
      }
    }),
  ];

  return {
    view,
    rows,
    state,
    more: computed(() => stretches.value[key.value]?.cursor !== undefined),
    counts,
    query,
    tag,
    tags: computed(() => [...new Set(Object.values(known.value).flatMap((row) => row.tags ?? []))].sort()),
    row: (id) => known.value[id],
    async fetchMore() {
      const stretch = stretches.peek()[key.peek()];
      if (stretch?.cursor) await fetch(view.peek(), stretch);
    },
    refresh: () => void refresh(),
    dispose() {
      clearTimeout(searching);
      second.over();
      for (const stop of stops) stop();
    },
  };
}

/** Rows come by several ways and may overtake each other. */
function isOlder(row: Conversation, known: Conversation | undefined): boolean {
  if (!known) return false;
  return row.head.talk < known.head.talk || (row.head.desk ?? 0) < (known.head.desk ?? 0);
}
