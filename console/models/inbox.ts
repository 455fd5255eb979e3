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
/** The most that the server tells at once. */
const MOST = 100;
/** Search waits for a pause in typing. */
const SEARCH_AFTER_MS = 200;
const COUNTED = ["waiting", "mine", "unassigned"] as const satisfies View[];

/** One fetched stretch of a list, from its beginning. */
interface Stretch {
  readonly ids: readonly ConversationId[];
  /** Set while more lies beyond: where to go on, and the last row as it was then, for it may move and the end does not. */
  readonly beyond?: { readonly cursor: string; readonly end: Conversation };
}

export interface Inbox {
  readonly view: ReadonlySignal<View>;
  readonly rows: ReadonlySignal<readonly Conversation[]>;
  readonly state: ReadonlySignal<"loading" | "ready" | "failed">;
  readonly more: ReadonlySignal<boolean>;
  /** Whatever is open, as far as it is known, on whatever site. */
  readonly open: ReadonlySignal<readonly Conversation[]>;
  /** How many are known to stand in a view; `more` where there are others beyond. */
  readonly counts: ReadonlySignal<Readonly<Partial<Record<View, { readonly n: number; readonly more: boolean }>>>>;
  readonly query: Signal<string>;
  readonly tag: Signal<string | undefined>;
  /** How far each list was scrolled, in px. */
  readonly scrolled: Map<string, number>;
  /** Every tag seen so far, for menus. */
  readonly tags: ReadonlySignal<readonly string[]>;
  row(id: ConversationId): Conversation | undefined;
  /** The row behind (1) or before (-1) the open one, also where that has just left the list: answered is not lost. */
  beside(by: 1 | -1): Conversation | undefined;
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

  /**
   * Goes on from a stretch; without one begins anew, as far as was fetched before: nobody's place shrinks away. Returns
   * why it did not come.
   */
  async function fetch(view: View, from?: Stretch): Promise<Fault | undefined> {
    const now = site.peek();
    if (!now) return undefined;
    const into = keyOf(view);
    const text = query.peek().trim();
    const only = tag.peek();
    const wanted = from ? from.ids.length + PAGE : Math.max(PAGE, stretches.peek()[into]?.ids.length ?? 0);
    let stretch: Stretch = from ?? { ids: [] };
    let before: number;
    do {
      before = stretch.ids.length;
      const reply = await link.send({
        type: "inbox",
        site: now,
        view,
        limit: Math.min(MOST, wanted - before),
        ...(stretch.beyond && { cursor: stretch.beyond.cursor }),
        ...(text && { query: text }),
        ...(only && { tag: only }),
      });
      if (!reply.ok) {
        // Without a connection the list stands as it was; the next hello fetches anew.
        if (reply.fault.retry === "never" && into === key.peek()) state.value = "failed";
        return reply.fault;
      }
      const rows = reply.rows ?? [];
      learn(rows);
      const ids = [...new Set([...stretch.ids, ...rows.map((row) => row.id)])];
      const end = rows.at(-1);
      stretch = { ids, ...(end && reply.cursor && { beyond: { cursor: reply.cursor, end } }) };
      // A page of rows that are here already is no way on.
    } while (stretch.beyond && stretch.ids.length > before && stretch.ids.length < wanted);
    batch(() => {
      stretches.value = { ...stretches.peek(), [into]: stretch };
      if (into === key.peek()) state.value = "ready";
    });
    return undefined;
  }

  function shown(view: View): Conversation[] {
    const stretch = stretches.value[keyOf(view)];
    if (!stretch) return [];
    const rows = known.value;
    if (query.value.trim()) return stretch.ids.map((id) => rows[id]).filter((row) => row !== undefined);
    const belonging = Object.values(rows).filter(
      (row) =>
        row.site === site.value &&
        belongs(row, view, me.value) &&
        (tag.value === undefined || row.tags?.includes(tag.value)),
    );
    const sorted = belonging.sort(compare(view));
    // Rows that other views brought may lie beyond what this one has fetched: between them and its end others are missing.
    const end = stretch.beyond?.end;
    return end ? sorted.filter((row) => compare(view)(row, end) <= 0) : sorted;
  }

  const rows = computed(() => shown(view.value));
  /** The open row among the others, as it last stood there. */
  let place: { readonly id?: ConversationId; readonly ids: readonly ConversationId[] } = { ids: [] };
  const fetching: Record<string, Promise<void>> = {};
  const counts = computed(() => {
    const counted: Partial<Record<View, { n: number; more: boolean }>> = {};
    if (query.value.trim() || tag.value) return counted;
    for (const view of COUNTED) {
      const stretch = stretches.value[keyOf(view)];
      if (stretch) counted[view] = { n: shown(view).length, more: stretch.beyond !== undefined };
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
    effect(() => {
      const route = router.route.value;
      const id = route.page === "inbox" ? route.conversation : undefined;
      const ids = rows.value.map((row) => row.id);
      if (id !== undefined && ids.includes(id)) place = { id, ids };
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
    more: computed(() => stretches.value[key.value]?.beyond !== undefined),
    open: computed(() => Object.values(known.value).filter(({ status }) => status === "open")),
    counts,
    query,
    tag,
    scrolled: new Map(),
    tags: computed(() => [...new Set(Object.values(known.value).flatMap((row) => row.tags ?? []))].sort()),
    row: (id) => known.value[id],
    beside(by) {
      const route = router.route.peek();
      if (route.page !== "inbox") return undefined;
      const { id, ids } = place;
      const at = id !== undefined && id === route.conversation ? ids.indexOf(id) : -1;
      if (at < 0) return by > 0 ? rows.peek()[0] : rows.peek().at(-1);
      const there = new Set(rows.peek().map((row) => row.id));
      const next =
        by > 0 ? ids.slice(at + 1).find((id) => there.has(id)) : ids.slice(0, at).findLast((id) => there.has(id));
      return next && known.peek()[next];
    },
    fetchMore() {
      const into = key.peek();
      const stretch = stretches.peek()[into];
      if (!stretch?.beyond) return Promise.resolve();
      // Whoever scrolls and whoever steps may ask at once.
      fetching[into] ??= fetch(view.peek(), stretch).then(() => void delete fetching[into]);
      return fetching[into];
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
