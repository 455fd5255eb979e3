import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { fault } from "../../protocol/faults.ts";
import type { ConversationId, EventId, VisitorCommand, VisitorHello } from "../../protocol/index.ts";
import { createLink } from "../../protocol/link.ts";
import { mintId } from "../../server/store/ids.ts";
import { SHOP } from "../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import { createClient } from "./client.ts";
import { openPlain } from "./plain.ts";

/* Against the server's own HTTP, without a network: to the client it is a line like any other. */

let desk: HttpDesk;
let asked: string[];
const opened: { close(): void }[] = [];

beforeEach(async () => {
  desk = await openHttpDesk();
  asked = [];
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.push(`${init.method ?? "GET"} ${url.replace(/^.*pk_\w+/, "")}`);
    init.signal?.throwIfAborted();
    return desk.app.request(url, { ...init, headers: { ...init.headers, origin: SHOP } });
  });
});
afterEach(async () => {
  for (const client of opened.splice(0)) client.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  await desk.close();
});

function dial(token?: string) {
  const auth = () => ({ v: 1, site: desk.shop.publicKey, ...(token && { token }) });
  const client = createClient("https://desk.example", "/visitor", auth, [openPlain]);
  opened.push(client);
  const link = createLink<VisitorCommand, VisitorHello>(client);
  const hello = new Promise<VisitorHello>((heard) => link.on("hello", heard));
  const refused = new Promise<unknown>((heard) => link.on("refused", ({ data }) => heard(data)));
  client.open();
  return { client, link, hello, refused };
}

const post = (conversation: ConversationId, text: string) =>
  ({ type: "post", conversation, id: mintId<EventId>(), text }) as const;

it("D1 a new person is greeted with a token, and what they post is acknowledged when it is stored", async () => {
  const { link, hello } = dial();
  expect(await hello).toMatchObject({
    v: 1,
    epoch: desk.store.epoch,
    token: expect.stringMatching(/^vt_/),
    slow: true,
  });
  const conversation = mintId<ConversationId>();
  const reply = await link.send(post(conversation, "Hello"));
  expect(reply).toMatchObject({ ok: true, event: { seq: 1, text: "Hello" } });
  const synced = await link.send({ type: "sync", conversation, after: 0 });
  expect(synced).toMatchObject({ ok: true, head: 1, events: [{ text: "Hello" }] });
  expect(asked.at(-1)).toBe(`GET /conversations/${conversation}/events?after=0`);
});

it("D8 heads and marks come by asking again, so that what was said meanwhile is found", async () => {
  const { visitor, token } = await desk.welcome();
  const conversation = mintId<ConversationId>();
  await desk.desk.asVisitor.execute(visitor, post(conversation, "Hello"));
  const { link, hello } = dial(token);
  const greeted = await hello;
  expect(greeted.token).toBeUndefined();
  expect(greeted.conversations).toMatchObject([{ id: conversation, head: { talk: 1 } }]);
  await desk.desk.asVisitor.execute(visitor, post(conversation, "Anybody?"));
  const heads = new Promise((heard) => link.on("pulse", (pulse) => pulse.type === "heads" && heard(pulse)));
  // Coming to the front asks at once.
  document.dispatchEvent(new Event("visibilitychange"));
  expect(await heads).toMatchObject({ epoch: desk.store.epoch, heads: { [conversation]: { talk: 2 } } });
});

it("a refusal is told with its fault, as by a socket, and asked no more", async () => {
  const { refused, client } = dial("vt_unknown");
  expect(await refused).toMatchObject({ code: "unauthorized", retry: "renew" });
  expect(client.connected).toBe(false);
});

it("a command that is refused says why, and the line stays", async () => {
  const { link, hello } = dial();
  await hello;
  const reply = await link.send({ type: "sync", conversation: mintId<ConversationId>(), after: 0 });
  expect(reply).toMatchObject({ ok: false, fault: { code: "not-found", retry: "never" } });
  expect(link.up).toBe(true);
});

it("a network that fails in between is a line that broke: whoever waits hears of it", async () => {
  const { link, hello } = dial();
  await hello;
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  const down = new Promise<void>((heard) => link.on("down", () => heard()));
  expect(await link.send(post(mintId<ConversationId>(), "Hello"))).toMatchObject({ fault: { code: "unavailable" } });
  await down;
});

const TIMERS = ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] as const;

it("a server that asks for patience is asked no sooner, whoever comes to the front, and the line stands", async () => {
  vi.useFakeTimers({ toFake: [...TIMERS] });
  const { link, hello } = dial();
  await hello;
  let questions = 0;
  vi.stubGlobal("fetch", async () => {
    questions++;
    return Response.json({ fault: fault("limited", "", { afterMs: 50_000 }) }, { status: 429 });
  });
  const toFront = async (ms: number) => {
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(ms);
  };
  await toFront(0);
  await toFront(49_999);
  expect([questions, link.up]).toEqual([1, true]);
  await vi.advanceTimersByTimeAsync(1);
  await toFront(0);
  expect(questions).toBe(2);
});

it("looks every minute whether a socket gets through, and makes way for one that is answered", async () => {
  vi.useFakeTimers({ toFake: [...TIMERS] });
  const probes: { onmessage?: () => void; close(): void }[] = [];
  vi.stubGlobal(
    "WebSocket",
    class {
      close() {}
      constructor() {
        probes.push(this);
      }
    },
  );
  const { link, hello } = dial();
  await hello;
  await vi.advanceTimersByTimeAsync(59_999);
  expect(probes).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  // Opened alone says little.
  expect([probes.length, link.up]).toEqual([1, true]);
  const down = new Promise<void>((heard) => link.on("down", () => heard()));
  probes[0]?.onmessage?.();
  await down;
});
