import { type Signal, signal } from "@preact/signals";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { AgentCommand, Reply } from "../../protocol/command.ts";
import type { Conversation } from "../../protocol/conversation.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import { conversation, createFakeLine, type FakeLine, hello, MARA, SITE, settled } from "../fake-line.ts";
import { createActions } from "./actions.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { belongs, compare } from "./inbox-views.ts";
import { createOverlays } from "./overlays.ts";
import type { Route } from "./routes.ts";
import { createThreads } from "./threads.ts";
import { createToasts } from "./toasts.ts";

const idOf = (n: number) => `01976d80-0000-7000-8000-${String(1000 + n).padStart(12, "0")}` as ConversationId;
const timeOf = (second: number) => new Date(Date.UTC(2026, 2, 1, 10, 0, second)).toISOString();

let all: Map<ConversationId, Conversation>;
let line: FakeLine;
let inbox: Inbox;
let route: Signal<Route>;
let actions: ReturnType<typeof createActions>;

/** The server's list, a page at a time; a cursor is the row that the page ended with, as it was. */
function listed(command: Extract<AgentCommand, { type: "inbox" }>): Reply {
  const order = compare(command.view);
  const after = command.cursor === undefined ? undefined : (JSON.parse(command.cursor) as Conversation);
  const there = [...all.values()]
    .filter((row) => belongs(row, command.view, MARA.id) && (!after || order(after, row) < 0))
    .sort(order);
  const rows = there.slice(0, command.limit);
  return { ok: true, rows, ...(there.length > rows.length && { cursor: JSON.stringify(rows.at(-1)) }) };
}

/** 130 people wait, the first one longest. */
beforeEach(async () => {
  all = new Map();
  for (let n = 0; n < 130; n++)
    all.set(
      idOf(n),
      conversation({ id: idOf(n), waitingSince: timeOf(n), updatedAt: timeOf(n), head: { talk: 1, desk: 0 } }),
    );
  line = createFakeLine();
  line.answer = (command) => (command.type === "inbox" ? listed(command) : { ok: true });
  route = signal<Route>({ page: "inbox", view: "waiting" });
  const router = { route, go: (next: Route) => (route.value = next), dispose() {} } as never;
  const session = { site: signal(SITE), agent: signal(MARA), live: signal(true) } as never;
  inbox = createInbox(line.link, router, session);
  const threads = createThreads(line.link, router);
  actions = createActions(
    line.link,
    router,
    session,
    threads,
    inbox,
    { tookBack() {} },
    createOverlays(),
    createToasts(),
  );
  onTestFinished(() => {
    inbox.dispose();
    threads.dispose();
  });
  await settled();
});

const open = (n: number) => (route.value = { page: "inbox", view: "waiting", conversation: idOf(n) });
const opened = () => {
  const at = route.value;
  return at.page === "inbox" && at.conversation;
};
const ids = () => inbox.rows.value.map(({ id }) => id);
function change(n: number, to: Partial<Conversation>) {
  const before = all.get(idOf(n)) as Conversation;
  const row = { ...before, ...to, head: { talk: before.head.talk + 1, desk: 0 } };
  all.set(row.id, row);
  line.tell("pulse", { type: "row", row });
}
const answer = (n: number) => change(n, { waitingSince: undefined as never, updatedAt: timeOf(500) });

describe("the list", () => {
  it("is as long after a new connection as it was before", async () => {
    await inbox.fetchMore();
    expect(ids()).toHaveLength(100);
    line.tell("hello", hello());
    await settled();
    expect(ids()).toHaveLength(100);
    route.value = { page: "inbox", view: "mine" };
    await settled();
    route.value = { page: "inbox", view: "waiting" };
    await settled();
    expect(ids()).toHaveLength(100);
    await inbox.fetchMore();
    expect(ids()).toEqual([...all.keys()]);
    expect(inbox.more.value).toBe(false);
  });

  it("keeps its rows where the last one that was fetched moves to the top", async () => {
    route.value = { page: "inbox", view: "unassigned" };
    await settled();
    const last = inbox.rows.value.at(-1)?.id;
    expect(last).toBe(idOf(80));
    change(80, { updatedAt: timeOf(600) });
    expect(ids()).toHaveLength(50);
    expect(ids()[0]).toBe(last);
  });

  it("asks no further where a page brings nothing new", async () => {
    const [first] = all.values();
    line.answer = () => ({ ok: true, rows: first ? [first] : [], cursor: "again" });
    const before = line.sent.length;
    line.tell("hello", hello());
    await inbox.fetchMore();
    await settled();
    // Three lists anew and one stretch, each twice at most.
    expect(line.sent.length - before).toBeLessThanOrEqual(8);
  });

  it("asks once for what is behind its end, whoever asks", async () => {
    const before = line.sent.length;
    await Promise.all([inbox.fetchMore(), inbox.fetchMore()]);
    expect(line.sent).toHaveLength(before + 1);
    expect(ids()).toHaveLength(100);
  });
});

describe("next and previous", () => {
  it("go on where one was, when what was answered has left the list", async () => {
    open(10);
    answer(10);
    expect(ids()).not.toContain(idOf(10));
    await actions.step(1);
    expect(opened()).toBe(idOf(11));
    answer(11);
    answer(12);
    await actions.step(1);
    expect(opened()).toBe(idOf(13));
    answer(13);
    await actions.step(-1);
    expect(opened()).toBe(idOf(9));
  });

  it("begin at the first one where none is open", async () => {
    await actions.step(1);
    expect(opened()).toBe(idOf(0));
  });

  it("go on behind the last one that was fetched", async () => {
    open(49);
    await actions.step(1);
    expect(opened()).toBe(idOf(50));
  });
});
