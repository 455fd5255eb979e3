import { expect, test } from "vitest";
import type { ConversationId, Event } from "../../protocol/index.ts";
import { NEWEST } from "../../server/desk/conversations/reading.ts";
import { mintId } from "../../server/store/ids.ts";
import { pairs } from "../support/carriers.ts";
import { openDesk } from "../support/desk.ts";
import { type Agent, createAgent, createVisitor, type Visitor } from "../support/people.ts";
import { headOf } from "../support/people-view.ts";
import { logOf } from "./setting.ts";

/*
 * A bad afternoon: visitors in two tabs and agents talk at once over lines that lose packets, stand still, break and come
 * back. Then all heals, and the whole history is held against the database. The same seed makes the same afternoon.
 */

const SEED = Number(process.env.DESKBELL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const VISITORS = 4;
const TURNS = 1_500;
/** A reply that was lost is waited for this long. */
const REPLY_AFTER_MS = 40;

test(`D1–D9, D13 hold through loss, cuts and resends (DESKBELL_SEED=${SEED})`, { timeout: 60_000 }, async () => {
  const chance = random(SEED);
  const some = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  const desk = await openDesk();
  const wire = await pairs.serve(desk);
  const lossy = { replyAfterMs: REPLY_AFTER_MS };

  const visitors: Visitor[] = [];
  for (let i = 0; i < VISITORS; i++) {
    const vera = createVisitor(wire, desk, lossy);
    await vera.arrive();
    const { token = "" } = vera.kept;
    const tab = createVisitor(wire, desk, { ...lossy, kept: { outbox: [], token } });
    await tab.arrive();
    visitors.push(vera, tab);
  }
  const agents: Agent[] = [];
  for (const name of ["Ada", "Ben", "Cleo"]) {
    const agent = createAgent(wire, await desk.hire(name), lossy);
    await agent.arrive();
    agents.push(agent);
  }
  const everybody = [...visitors, ...agents];

  /** What each was told is stored, and what each ever said: all else is an invention (D9). */
  const acknowledged: Event[] = [];
  const sent = new Map<string, string>();
  /** Which tab or agent wrote a message: only one of them has an order of its own (D5). */
  const wrote = new Map<string, number>();
  const claims: { conversation: ConversationId; by: string; was: string | null; ok: boolean }[] = [];
  const busy = new Set<Promise<unknown>>();
  const begin = (work: Promise<unknown>) => {
    busy.add(work);
    void work.finally(() => busy.delete(work));
  };
  const known = () => [...new Set(visitors.flatMap((one) => [...one.views.keys()]))];

  const acts: (() => void)[] = [
    () => {
      const vera = some(visitors);
      const { id, text } = vera.write(`v${sent.size}`);
      sent.set(id, text);
      wrote.set(id, everybody.indexOf(vera));
      begin(vera.flush());
    },
    () => begin(some(visitors).flush()),
    () => {
      const [conversation, ada] = [some(known()), some(agents)];
      if (conversation) begin(ada.watch(conversation).catch(() => undefined));
    },
    () => {
      const ada = some(agents);
      const conversation = some([...ada.views.keys()]);
      const view = conversation && ada.views.get(conversation);
      if (!view?.conversation) return;
      const id = mintId<Event["id"]>();
      const text = `a${sent.size}`;
      sent.set(id, text);
      const command = { type: "post", conversation, id, text, seen: headOf(view, "talk") } as const;
      begin(
        ada.send(command).then(async (reply) => {
          // Lost replies are asked for again under the same id, as often as it takes, once.
          const last = reply.ok || reply.fault.retry !== "after" ? reply : await ada.send(command);
          if (last.ok && last.event) acknowledged.push(last.event);
        }),
      );
    },
    () => {
      const ada = some(agents);
      const conversation = some([...ada.views.keys()]);
      const view = conversation && ada.views.get(conversation)?.conversation;
      if (!view) return;
      const was = view.assignee?.id ?? null;
      const { id } = ada.hello.agent;
      if (was === id) return;
      begin(
        ada.send({ type: "assign", conversation, agent: id, was }).then((reply) => {
          if (reply.ok && reply.event) acknowledged.push(reply.event);
          claims.push({ conversation, by: id, was, ok: reply.ok });
        }),
      );
    },
    () => {
      const vera = some(visitors);
      const conversation = vera.kept.current;
      if (conversation) begin(vera.send({ type: "resolve", conversation }));
    },
    () => {
      const { line } = some(everybody);
      if (line.pair?.client.connected) line.cut();
    },
    () => {
      const one = some(everybody);
      if (!one.up) void one.line.open();
    },
  ];
  const weights = [10, 3, 3, 6, 2, 0.3, 0.7, 4];

  for (const one of everybody) one.line.still = true;
  for (let turn = 0; turn < TURNS; turn++) {
    weighted(acts, weights, chance)?.();
    const { pair } = some(everybody).line;
    if (pair) {
      const direction = chance() < 0.5 ? "up" : "down";
      if (chance() < 0.08) pair.lose(direction);
      else pair.flush(direction, 1 + Math.floor(chance() * 4));
    }
    if (chance() < 0.2) await new Promise((later) => setImmediate(later));
  }

  // It heals: lines stand, outboxes are sent, heads are told.
  for (const one of everybody) {
    one.line.still = false;
    one.line.cut();
    await one.arrive();
  }
  const [first] = everybody;
  if (!first) throw new Error("Nobody came");
  const emptied = (one: Visitor) => {
    void one.flush();
    return one.kept.outbox.length === 0;
  };
  await Promise.all(visitors.map((one) => one.until(() => emptied(one), "the outbox to be empty")));
  await first.until(() => busy.size === 0, "all replies");
  for (const ada of agents) for (const conversation of known()) await ada.watch(conversation);
  await desk.beat();
  const logs = new Map<ConversationId, Awaited<ReturnType<typeof logOf>>>();
  for (const conversation of known()) logs.set(conversation, await logOf(desk.store, conversation));
  await first.until(
    () =>
      everybody.every((one) =>
        [...one.views].every(([id, view]) => headOf(view, "talk") === logs.get(id)?.talk.length),
      ),
    "views to equal the log",
  );

  const all = [...logs.values()].flatMap(({ talk, desk: notes }) => [...talk, ...notes]);
  const posted = all.filter((event) => event.type === "posted");
  // D1, D2: each message that was acknowledged, and each from an emptied outbox, is there once, as it was said.
  expect(visitors.flatMap(({ kept }) => kept.outbox)).toEqual([]);
  const ids = posted.map(({ id }) => id as string);
  expect(new Set(ids).size).toBe(ids.length);
  for (const event of acknowledged) expect(all).toContainEqual(event);
  for (const [id, text] of sent) if (text.startsWith("v")) expect(ids).toContain(id);
  // D9: nothing that nobody said.
  for (const event of posted) expect(event.text).toBe(sent.get(event.id));
  for (const { talk, desk: notes } of logs.values()) {
    // D3
    expect(talk.map(({ seq }) => seq)).toEqual(talk.map((_, i) => i + 1));
    expect(notes.map(({ seq }) => seq)).toEqual(notes.map((_, i) => i + 1));
    // D5: what one tab wrote stands in the order of its writing.
    for (const tab of everybody.keys()) {
      const numbers = talk.filter(({ id }) => wrote.get(id) === tab).map(({ id }) => Number(sent.get(id)?.slice(1)));
      expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    }
  }
  for (const one of visitors) {
    const mine = one.events.filter((event) => event.by.id !== one.hello.visitor.id && event.by.kind === "visitor");
    // D12
    expect(mine).toEqual([]);
  }
  // D4, D8: every view is the log, or the newest of it where a long one was fetched anew.
  const holds = (held: readonly Event[], whole: readonly Event[] = []) => {
    expect(held.length).toBeGreaterThanOrEqual(Math.min(NEWEST, whole.length));
    expect(held).toEqual(whole.slice(whole.length - held.length));
  };
  for (const one of everybody) {
    for (const [id, view] of one.views) {
      const log = logs.get(id);
      holds(view.talk, log?.talk);
      if (agents.includes(one as Agent)) holds(view.desk, log?.desk);
      // D11
      const fresh = agents.includes(one as Agent) ? log?.forAgents : log?.forVisitor;
      expect({ ...view.conversation, read: undefined }).toEqual({ ...fresh, read: undefined });
    }
  }
  // D13: nobody was assigned by a claim that had seen another assignee than there was.
  for (const { desk: notes } of logs.values()) {
    let holder: string | null = null;
    for (const event of notes) {
      if (event.type !== "assigned") continue;
      const claim = claims.find(
        ({ ok, conversation, by, was }) =>
          ok && conversation === event.conversation && by === event.agent?.id && was === holder,
      );
      const firstReply = holder === null;
      const lost = claims.some(
        ({ ok, conversation, by }) => !ok && conversation === event.conversation && by === event.agent?.id,
      );
      expect(claim !== undefined || firstReply || lost).toBe(true);
      holder = event.agent?.id ?? null;
    }
  }
  expect(desk.errors).toEqual([]);
  expect(posted.length).toBeGreaterThan(100);
  await wire.close();
  await desk.close();
});

/** Mulberry32: small, and the same everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function weighted<T>(list: readonly T[], weights: readonly number[], chance: () => number): T | undefined {
  let at = chance() * weights.reduce((sum, weight) => sum + weight, 0);
  return list.find((_, i) => {
    at -= weights[i] ?? 0;
    return at < 0;
  });
}
