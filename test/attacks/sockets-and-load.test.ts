import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLimits, type Limit, type Limits, subscriberOf } from "../../server/limits.ts";
import { createGateway } from "../../server/live/gateway.ts";
import { createPresence } from "../../server/live/presence.ts";
import { mintId } from "../../server/store/ids.ts";
import { CAFE, SHOP } from "../support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../support/http-desk.ts";
import { type Line, openTarget, type Target } from "./target.ts";

let target: Target;
let calm: Target;
beforeAll(async () => {
  [target, calm] = await Promise.all([openTarget(), openTarget({ DESKBELL_LIMITS: "off" })]);
});
afterAll(() => Promise.all([target.close(), calm.close()]));

const commands = (on: Target) => `/api/widget/${on.shop.publicKey}/commands`;
const post = (text = "Hello") => ({ type: "post", conversation: mintId(), id: mintId(), text });

describe("A socket that sends", () => {
  const nested = (depth: number): unknown => (depth === 0 ? "x" : { type: nested(depth - 1), a: [nested(0)] });
  const garbage: [string, () => unknown][] = [
    ["an unknown type", () => ({ type: "erase-everything" })],
    ["prototype keys", () => JSON.parse('{"__proto__":{"ok":true},"constructor":{"name":"post"},"type":"__proto__"}')],
    ["a type of toString", () => ({ type: "toString" })],
    ["deep nesting", () => nested(500)],
    ["an array of 2,000", () => Array(2_000).fill({ type: "post" })],
    ["over-long text", () => post("x".repeat(10_001))],
    ["over 64 KB", () => ({ ...post(), more: "x".repeat(66_000) })],
    ["a binary attachment", () => ({ ...post(), text: Buffer.from("x") })],
    ["a lone surrogate", () => post("\ud800")],
    ["an id of another version", () => ({ ...post(), id: "00000000-0000-4000-8000-000000000000" })],
    ["numbers that are none", () => ({ type: "sync", conversation: mintId(), after: -1 })],
    ["a command of agents", () => ({ type: "note", conversation: mintId(), id: mintId(), text: "Me?" })],
  ];
  test.each(garbage)("%s is refused, goes on, and harms nobody", async (_, make) => {
    const line = calm.dialVisitor({});
    await line.answer;
    const reply = await line.send(make());
    expect(reply.ok).toBe(false);
    expect((await line.send(post())).ok).toBe(true);
  });

  test("what only the server may say, or joins rooms, is heard by nobody", async () => {
    const [rude, other] = [calm.dialVisitor({}), calm.dialVisitor({})];
    await Promise.all([rude.answer, other.answer]);
    const say = (name: string) => {
      const packet = [name, { type: "posted", conversation: mintId(), text: "Fake", rooms: ["/agent"] }];
      write(rude, `2/visitor,${JSON.stringify(packet)}`);
    };
    for (const name of ["event", "hello", "pulse", "join", "__proto__", "toString"]) say(name);
    expect((await rude.send(post())).ok).toBe(true);
    expect(JSON.stringify(other.heard)).not.toContain("Fake");
    // A name that is the carrier's own ends its own connection, at most.
    for (const name of ["error", "disconnecting"]) say(name);
    await other.send({ type: "contact" });
    expect(JSON.stringify(other.heard)).not.toContain("Fake");
  });

  test("over 128 KB ends its own connection, and no other", async () => {
    const [rude, other] = [calm.dialVisitor({}), calm.dialVisitor({})];
    await Promise.all([rude.answer, other.answer]);
    const ended = rude.ended();
    rude.socket.emit("command", { ...post(), more: "x".repeat(300_000) }, () => {});
    await ended;
    expect((await other.send(post())).ok).toBe(true);
  });

  test.each(["40", '40{"v":1}', "40/,"])(
    "%s, the carrier's own namespace, is let in nowhere and cut off, as is who left ours",
    async (packet) => {
      const [rude, left, other] = [calm.dialVisitor({}), calm.dialVisitor({}), calm.dialVisitor({})];
      await Promise.all([rude.answer, left.answer, other.answer]);
      const answers: string[] = [];
      rude.socket.io.engine.on("packet", ({ data }) => answers.push(String(data)));
      write(rude, packet.slice(1));
      await expect.poll(() => answers).toContainEqual(expect.stringMatching(/^4\{/));
      expect(answers.filter((answer) => answer.startsWith("0"))).toEqual([]);
      for (const line of [rude, left]) {
        const ended = line.ended();
        write(line, "1/visitor,");
        await ended;
        await expect.poll(() => line.socket.io.engine.readyState).toBe("closed");
      }
      expect((await other.send(post())).ok).toBe(true);
    },
  );

  test("an attachment it never sends, or a packet of a namespace that is not there, stops nobody", async () => {
    for (const packet of [
      '451-/visitor,["command",{"_placeholder":true,"num":0}]',
      "40/admin,",
      "2probe",
      "b".repeat(50),
    ]) {
      const line = calm.dialVisitor({});
      await line.answer;
      write(line, packet.slice(1));
    }
    expect((await calm.ask("GET", "/healthz")).status).toBe(200);
  });
});

describe("A flood", () => {
  test("of messages from one visitor is limited, with a time to wait, and the next visitor is not", async () => {
    const line = target.dialVisitor({});
    const { hello } = (await line.answer) as { hello: { token: string } };
    const conversation = mintId();
    const replies = await Promise.all(Array.from({ length: 140 }, () => line.send({ ...post(), conversation })));
    const refused = replies.filter((reply) => !reply.ok);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ fault: { code: "limited", retry: "after", afterMs: expect.any(Number) } });
    const over = await target.ask("POST", commands(target), {
      headers: { origin: SHOP },
      as: hello.token,
      body: post(),
    });
    expect([over.status, Number(over.headers["retry-after"]) > 0]).toEqual([429, true]);
    const next = target.dialVisitor({});
    await next.answer;
    expect((await next.send(post())).ok).toBe(true);
  });

  test("of anything else from one visitor is limited too", async () => {
    const line = target.dialVisitor({});
    await line.answer;
    const replies = await Promise.all(Array.from({ length: 650 }, () => line.send({ type: "contact", name: "V" })));
    const codes = new Set(replies.map((reply) => (reply.ok ? "ok" : reply.fault.code)));
    expect([...codes]).toEqual(["ok", "limited"]);
  });

  test("of what nobody can read is limited too, by socket and over HTTP", async () => {
    const line = target.dialVisitor({});
    const { hello } = (await line.answer) as { hello: { token: string } };
    const garbage = [{ type: "erase-everything" }, { type: "contact", name: 1 }, [], null, "contact"];
    const replies = await Promise.all(Array.from({ length: 650 }, (_, n) => line.send(garbage[n % garbage.length])));
    const codes = new Set(replies.map((reply) => (reply.ok ? "ok" : reply.fault.code)));
    expect([...codes]).toEqual(["invalid", "limited"]);
    const asked = { headers: { origin: SHOP }, as: hello.token };
    const alone = await target.ask("POST", commands(target), { ...asked, body: garbage[0] });
    expect([alone.status, alone.fault]).toEqual([429, "limited"]);
    const several = await target.ask("POST", commands(target), { ...asked, body: { commands: [garbage[0]] } });
    expect(several.body).toMatchObject({ replies: [{ ok: false, fault: { code: "limited" } }] });
    // What says that it is a message is counted as one.
    const posts = await Promise.all(Array.from({ length: 140 }, () => line.send({ type: "post" })));
    expect(posts.map((reply) => !reply.ok && reply.fault.code).at(-1)).toBe("limited");
  });
});

/* What is counted by the thousand is counted up in advance: a busy machine would not get there within the minute. */
describe("A flood that is nearly over its limit", () => {
  let desk: HttpDesk;
  let limits: Limits;
  beforeAll(async () => {
    limits = createLimits(true);
    desk = await openHttpDesk({ limits });
  });
  afterAll(() => desk.close());

  /** Takes until it is refused, and returns how often it was not. */
  const drain = async (limit: Limit, of: string) => {
    for (let n = 0; ; n++)
      if (
        await limits.take(limit, of).then(
          () => false,
          () => true,
        )
      )
        return n;
  };
  const gatewayTo = ({ desk, audience, isHome }: HttpDesk) =>
    createGateway({ desk, audience, presence: createPresence(audience), limits, isHome, log: () => {} });
  const limited = { status: 429, fault: "limited" };
  const waits = ({ headers }: { headers: Headers }) => Number(headers.get("retry-after"));

  test("of new visitors is refused to the address, and to the site, with a time to wait", async () => {
    const path = (site: typeof desk.shop) => `/api/widget/${site.publicKey}/visitors`;
    const ask = (site = desk.shop, origin = SHOP) => desk.ask("POST", path(site), { headers: { origin }, body: {} });
    expect(await drain("site", desk.shop.id)).toBe(6_000);
    const answer = await ask();
    expect(answer).toMatchObject(limited);
    expect(waits(answer)).toBeGreaterThan(0);
    expect((await ask(desk.cafe, CAFE)).status).toBe(201);
    // Of a request that came by no wire.
    expect(await drain("visitor", subscriberOf(""))).toBe(598);
    expect(await ask(desk.cafe, CAFE)).toMatchObject(limited);
  });

  test("of new visitors is refused by socket as well", async () => {
    const gateway = gatewayTo(desk);
    const auth = { v: 1, site: desk.shop.publicKey };
    const knock = { auth, origin: SHOP, host: undefined, cookie: undefined, address: "192.0.2.1" };
    expect(await gateway.admit("visitor", knock)).toMatchObject({
      fault: { code: "limited", afterMs: expect.any(Number) },
    });
    expect(await drain("address", subscriberOf("192.0.2.1"))).toBe(11_999);
    // And to the address alone, where its site has room for others.
    await drain("visitor", subscriberOf("192.0.2.2"));
    const elsewhere = { ...knock, auth: { v: 1, site: desk.cafe.publicKey }, origin: CAFE };
    for (const [address, way] of [
      ["192.0.2.2", "fault"],
      ["192.0.2.3", "start"],
    ] as const)
      expect(await gateway.admit("visitor", { ...elsewhere, address })).toHaveProperty(way);
    const agent = { ...knock, auth: { v: 1 }, cookie: desk.owner.cookie, origin: "https://desk.example" };
    expect(await gateway.admit("agent", agent)).toMatchObject({ fault: { code: "limited" } });
  });

  test("of questions is refused to the API key, and not to its maker", async () => {
    const as = await desk.keyOf("agent");
    const { body } = await desk.ask<{ agent: { id: string } }>("GET", "/api/session", { as });
    await drain("account", body.agent.id);
    const answer = await desk.ask("GET", "/api/session", { as });
    expect(answer).toMatchObject(limited);
    expect(waits(answer)).toBeGreaterThan(0);
    expect((await desk.ask("GET", "/api/session", { as: desk.owner.cookie })).status).toBe(200);
    // Nor by socket.
    const gateway = gatewayTo(desk);
    const knock = { auth: { v: 1, token: as }, origin: undefined, host: undefined, cookie: undefined, address: "here" };
    const admitted = await gateway.admit("agent", knock);
    if (!("start" in admitted)) throw new Error("Not admitted");
    const session = await admitted.start({ send() {}, close() {} });
    const reply = await new Promise((told) =>
      session.command({ type: "inbox", site: desk.shop.id, view: "all" }, told as never),
    );
    expect(reply).toMatchObject({ ok: false, fault: { code: "limited", afterMs: expect.any(Number) } });
    const garbled = await new Promise((told) => session.command({ type: "erase-everything" }, told as never));
    expect(garbled).toMatchObject({ ok: false, fault: { code: "limited" } });
  });

  test("of questions on the owner's own help host is refused there as anywhere, with a time to wait", async () => {
    const host = "help.shop.example";
    await desk.desk.sites.change(desk.owner.actor, desk.shop.id, { helpHost: host });
    await drain("suggest", subscriberOf(""));
    const answer = await desk.ask("GET", "/en?q=returns", { headers: { host } });
    expect(answer).toMatchObject(limited);
    expect(waits(answer)).toBeGreaterThan(0);
    expect(await desk.ask("POST", "/nowhere", { headers: { host } })).toMatchObject({
      status: 404,
      fault: "not-found",
    });
  });

  test("of anything is refused to the address, but for files", async () => {
    await drain("address", subscriberOf(""));
    expect(await desk.ask("GET", "/api/session")).toMatchObject(limited);
    expect((await desk.ask("GET", "/healthz")).status).toBe(200);
  });
});

describe("A request", () => {
  test("whose body never ends holds up nobody", async () => {
    const { port } = new URL(calm.url);
    const slow = Array.from({ length: 50 }, () => {
      const socket = connect(Number(port), "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(
        "POST /api/session HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{",
      );
      return socket;
    });
    // None of them ever gets an answer; whoever asks in earnest does.
    expect((await calm.ask("GET", "/healthz")).status).toBe(200);
    expect(slow.every((socket) => socket.bytesRead === 0)).toBe(true);
    for (const socket of slow) socket.destroy();
  });

  test("in chunks beyond what a request may hold is too large, without the length being told", async () => {
    const { port } = new URL(calm.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), "127.0.0.1");
      let text = "";
      socket.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      socket.on("close", () => resolve(text));
      socket.on("error", (error: NodeJS.ErrnoException) =>
        error.code === "ECONNRESET" || error.code === "EPIPE" ? resolve(text) : reject(error),
      );
      socket.write(
        "POST /api/session HTTP/1.1\r\nHost: desk\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
      );
      for (let n = 0; n < 40; n++) socket.write(`10000\r\n${"x".repeat(65_536)}\r\n`);
      socket.write("0\r\n\r\n");
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect((await calm.ask("GET", "/healthz")).status).toBe(200);
  });

  test("with a head of 100 KB, 2,000 headers or an address of 100 KB is refused", async () => {
    for (const asked of [
      { path: "/api/session", headers: { "x-long": "x".repeat(100_000) } },
      { path: "/api/session", headers: Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`x-${n}`, "y"])) },
      { path: `/help/${"x".repeat(100_000)}`, headers: {} },
    ]) {
      const answer = await calm.ask("GET", asked.path, { headers: asked.headers }).catch(() => undefined);
      expect(answer === undefined || (answer.status >= 400 && answer.status < 500)).toBe(true);
    }
    expect((await calm.ask("GET", "/healthz")).status).toBe(200);
  });
});

/** A packet that no client library would make. */
function write({ socket }: Line, packet: string): void {
  (socket.io.engine as unknown as { write(text: string): void }).write(packet);
}

test("Nothing of all this was unexpected", () => {
  for (const { logged } of [target, calm]) expect(logged.filter((line) => line.includes("Unexpected"))).toEqual([]);
});
