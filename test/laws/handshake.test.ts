import { io } from "socket.io-client";
import { expect, test } from "vitest";
import type { Fault } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { type Dial, sockets } from "../support/carriers.ts";
import { CAFE, HOME, SHOP } from "../support/desk.ts";
import { createVisitor } from "../support/people.ts";
import { laws, type Setting } from "./setting.ts";

/** What a handshake comes to: the fault it ends in, or "greeted". */
function outcome({ wire }: Setting, dial: Dial): Promise<Fault | "greeted"> {
  const line = wire.dial(dial);
  return new Promise((resolve, reject) => {
    let told: Fault | "greeted" | undefined;
    line.emitter.on("hello", () => {
      told = "greeted";
    });
    line.emitter.on("connect_error", ((error: Error & { data: Fault }) => {
      told = error.data ?? reject(error);
    }) as never);
    line.open();
    const end = performance.now() + 4_000;
    const look = () => {
      if (told) return resolve(told);
      if (performance.now() > end) return reject(new Error("Neither greeted nor refused"));
      wire.pump();
      setImmediate(look);
    };
    look();
  });
}

laws("A handshake", (setting) => {
  const visitor = (auth: unknown, origin: string | undefined = SHOP) =>
    outcome(setting, { namespace: "visitor", auth: () => auth, origin });
  const agent = (auth: unknown, more: { origin?: string; cookie?: string } = {}) =>
    outcome(setting, { namespace: "agent", auth: () => auth, ...more });
  const since = (count: number) => Object.fromEntries(Array.from({ length: count }, () => [mintId(), 0]));

  test("of a visitor needs a site, its origin, this version, and a `since` of the right shape", async () => {
    const site = setting.desk.shop.publicKey;
    expect(await visitor({ v: 1, site })).toBe("greeted");
    expect(await visitor({ v: 1, site, since: since(50) })).toBe("greeted");
    expect(await visitor({ v: 1, site }, HOME)).toBe("greeted");
    expect(await visitor({ v: 1, site }, CAFE)).toMatchObject({ code: "forbidden", retry: "never" });
    expect(await visitor({ v: 2, site })).toMatchObject({ code: "unsupported-version", retry: "reload" });
    expect(await visitor({ v: 1, site: "pk_nobody00000000000000" })).toMatchObject({ code: "not-found" });
    const invalid = [
      {},
      { v: 1 },
      { v: 1, site: 7 },
      { v: 1, site: { $ne: null } },
      { v: 1, site, since: since(51) },
      { v: 1, site, since: [] },
      { v: 1, site, since: "all" },
      { v: 1, site, since: { nonsense: 1 } },
      { v: 1, site, since: { [mintId()]: -1 } },
      { v: 1, site, since: { [mintId()]: "1" } },
      { v: 1, site, since: { [mintId()]: { talk: 1, desk: 0 } } },
    ];
    for (const auth of invalid) expect(await visitor(auth), JSON.stringify(auth)).toMatchObject({ code: "invalid" });
    for (const token of [
      "",
      "vt_",
      "vt_unknown0000000000000000000000000000000000000",
      "ak_x",
      7,
      null,
      ["vt_x"],
      { $ne: 1 },
    ]) {
      expect(await visitor({ v: 1, site, token })).toMatchObject({ code: "unauthorized", retry: "renew" });
    }
  });

  test("of a visitor without an origin is a foreign one", async () => {
    const site = setting.desk.shop.publicKey;
    expect(await outcome(setting, { namespace: "visitor", auth: () => ({ v: 1, site }) })).toMatchObject({
      code: "forbidden",
    });
  });

  test("of an agent needs a key or a session, and the session only from our own pages", async () => {
    const { cookie } = await setting.desk.hire("Ada");
    const { token } = await setting.desk.desk.keys.make(setting.desk.owner.actor, { name: "Robot", role: "agent" });
    expect(await agent({ v: 1 }, { cookie, origin: HOME })).toBe("greeted");
    expect(await agent({ v: 1, token })).toBe("greeted");
    expect(await agent({ v: 1 }, { cookie, origin: SHOP })).toMatchObject({ code: "forbidden" });
    expect(await agent({ v: 1 }, { cookie: "deskbell_session=nonsense", origin: HOME })).toMatchObject({
      code: "unauthorized",
      retry: "renew",
    });
    expect(await agent({ v: 1 })).toMatchObject({ code: "unauthorized" });
    for (const token of ["ak_unknown", 7, null, ["ak_x"]]) {
      expect(await agent({ v: 1, token })).toMatchObject({ code: "unauthorized" });
    }
    expect(await agent({ v: 1, token, since: { [mintId()]: 3 } })).toMatchObject({ code: "invalid" });
    expect(await agent({ v: 1, token, since: { [mintId()]: { talk: 0, desk: 0 } } })).toBe("greeted");
    expect(await agent({ v: "1", token })).toMatchObject({ code: "unsupported-version" });
  });

  test("gives a new visitor a token to keep, and a known one none", async () => {
    const vera = await setting.visitor();
    expect(vera.hello).toEqual({
      v: 1,
      now: "2026-05-04T12:00:00.000Z",
      epoch: setting.desk.store.epoch,
      token: expect.stringMatching(/^vt_[A-Za-z0-9]{40,}$/),
      visitor: { id: expect.any(String), verified: false },
      availability: { state: "away", agents: [] },
      conversations: [],
      events: [],
    });
    const again = await setting.tabOf(vera);
    expect(again.hello).toEqual({ ...vera.hello, token: undefined });
  });
});

laws(
  "Before the upgrade",
  (setting) => {
    test("an origin that no site lists is refused with 403 and a fault, over websocket and polling", async () => {
      // The address is known to the carrier alone: its own dialling tells.
      const line = setting.wire.dial({ namespace: "visitor", auth: () => ({}), origin: "https://evil.example" });
      const refused = new Promise<{ description?: { message?: string } }>((resolve) =>
        line.emitter.on("connect_error", resolve as never),
      );
      line.open();
      expect(JSON.stringify((await refused).description?.message ?? "")).toContain("403");
      const { uri } = (line.emitter as unknown as { io: { uri: string } }).io;
      const { origin } = new URL(uri);
      for (const from of ["https://evil.example", "null", `${SHOP}.evil.example`, "https://shop.example:8443"]) {
        const response = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`, { headers: { origin: from } });
        expect(response.status).toBe(403);
        expect(response.headers.get("content-type")).toContain("application/problem+json");
        expect(response.headers.get("access-control-allow-origin")).toBeNull();
        expect(await response.json()).toMatchObject({ fault: { code: "forbidden", retry: "never" } });
      }
      const welcome = await fetch(`${origin}/socket.io/?EIO=4&transport=polling`, { headers: { origin: SHOP } });
      expect(welcome.status).toBe(200);
    });

    test("a poll by another method is refused as such, and ends nothing", async () => {
      const line = setting.wire.dial({ namespace: "visitor", auth: () => ({}), origin: SHOP });
      const { uri } = (line.emitter as unknown as { io: { uri: string } }).io;
      const polling = `${new URL(uri).origin}/socket.io/?EIO=4&transport=polling`;
      const opened = await (await fetch(polling, { headers: { origin: SHOP } })).text();
      const address = `${polling}&sid=${JSON.parse(opened.slice(1)).sid}`;
      for (const method of ["PUT", "DELETE", "PATCH", "HEAD"]) {
        const refused = await fetch(address, { method, headers: { origin: SHOP } });
        expect([method, refused.status, refused.headers.get("allow")]).toEqual([method, 405, "GET, POST, OPTIONS"]);
      }
      const goes = await fetch(address, { method: "POST", headers: { origin: SHOP }, body: "1" });
      expect([goes.status, await goes.text()]).toEqual([200, "ok"]);
    });

    test("long-polling works where sockets are blocked", async () => {
      const line = setting.wire.dial({ namespace: "visitor", auth: () => ({}), origin: SHOP });
      const { uri } = (line.emitter as unknown as { io: { uri: string } }).io;
      const socket = io(`${new URL(uri).origin}/visitor`, {
        transports: ["polling"],
        extraHeaders: { origin: SHOP },
        auth: { v: 1, site: setting.desk.shop.publicKey },
        forceNew: true,
      });
      const hello = await new Promise<{ token: string }>((greeted) => socket.on("hello", greeted));
      expect(hello.token).toMatch(/^vt_/);
      const command = { type: "post", conversation: mintId(), id: mintId(), text: "By letter" };
      expect(await socket.emitWithAck("command", command)).toMatchObject({ ok: true, event: { seq: 1 } });
      socket.disconnect();
      const vera = createVisitor(setting.wire, setting.desk, { kept: { outbox: [], token: hello.token } });
      expect((await vera.arrive()).events).toHaveLength(1);
    });
  },
  [sockets],
);
