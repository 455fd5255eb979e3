import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConversationId, EventId, VisitorHello } from "../../protocol/index.ts";
import { openDesk, SHOP, type TestDesk } from "../../test/support/desk.ts";
import { createLimits, type Limit, type Limits, subscriberOf } from "../limits.ts";
import { mintId } from "../store/ids.ts";
import { createGateway } from "./gateway.ts";
import { createPresence } from "./presence.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

function knock(auth: object, { gateway = desk.gateway, address = "192.0.2.1" } = {}) {
  const whole = { v: 1, site: desk.shop.publicKey, ...auth };
  return gateway.admit("visitor", { auth: whole, origin: SHOP, host: undefined, cookie: undefined, address });
}

async function greeted(token: string, since?: object): Promise<VisitorHello> {
  const admitted = await knock({ token, ...(since && { since }) });
  if ("fault" in admitted) throw new Error(admitted.fault.message);
  const heard: object[] = [];
  await admitted.start({ send: (name, payload) => void (name === "hello" && heard.push(payload)), close() {} });
  return heard[0] as VisitorHello;
}

/** A gateway that counts, of somebody who may have tried for long. */
function counting() {
  const limits = createLimits(true);
  const { audience, isHome } = desk;
  const presence = createPresence(audience);
  const gateway = createGateway({ desk: desk.desk, audience, presence, limits, isHome, log: () => {} });
  presence.close();
  return { limits, gateway };
}

async function drain(limits: Limits, limit: Limit, of: string) {
  for (let over = false; !over; )
    over = await limits.take(limit, of).then(
      () => false,
      () => true,
    );
}

const limited = { fault: { code: "limited", retry: "after", afterMs: expect.any(Number) } };

describe("Connections of one visitor", () => {
  test("are twenty; one more waits, and comes in when another has gone", async () => {
    const { gateway } = counting();
    const { token } = await desk.welcome();
    const comes = async () => {
      const admitted = await knock({ token }, { gateway });
      return "start" in admitted ? admitted.start({ send() {}, close() {} }) : admitted;
    };
    const tabs = [];
    for (let n = 0; n < 20; n++) tabs.push(await comes());
    expect(await comes()).toMatchObject(limited);
    const [first, second] = tabs;
    if (!first || !second || "fault" in first || "fault" in second) throw new Error("Not admitted");
    const command = { type: "post", conversation: mintId(), id: mintId(), text: "Hello" };
    expect(await new Promise((told) => void second.command(command, told))).toMatchObject({ ok: true });
    first.gone();
    expect(await comes()).not.toHaveProperty("fault");
    expect(await comes()).toMatchObject(limited);
    // Nobody else waits for them.
    expect(await knock({}, { gateway })).toHaveProperty("start");
  });

  test("are as many as they like where limits are off", async () => {
    const { token } = await desk.welcome();
    for (let n = 0; n < 25; n++) await greeted(token);
  });
});

describe("An address whose visitors together have asked for too much", () => {
  test.each(["post", "command"] as const)("is told to wait, by socket: %s", async (kind) => {
    const { limits, gateway } = counting();
    await drain(limits, `${kind}-address`, subscriberOf("192.0.2.1"));
    const ask = async (address: string) => {
      const admitted = await knock({}, { gateway, address });
      if ("fault" in admitted) throw new Error(admitted.fault.message);
      const session = await admitted.start({ send() {}, close() {} });
      const post = { type: "post", conversation: mintId(), id: mintId(), text: "Hello" };
      const command = kind === "post" ? post : { type: "contact", name: "Vi" };
      return new Promise((told) => void session.command(command, told));
    };
    expect(await ask("::ffff:192.0.2.1")).toMatchObject(limited);
    // Of IPv4, a neighbour's address is a neighbour's.
    expect(await ask("192.0.2.77")).toMatchObject({ ok: true });
  });

  test("is one, whichever addresses it takes of its own block of IPv6", async () => {
    const { limits, gateway } = counting();
    await drain(limits, "visitor", "2001:db8:1:2::/64");
    expect(await knock({}, { gateway, address: "2001:db8:1:2:aaaa::1" })).toMatchObject(limited);
    expect(await knock({}, { gateway, address: "2001:db8:1:3::1" })).toHaveProperty("start");
    await drain(limits, "address", "2001:db8:1:2::/64");
    const { token } = await desk.welcome();
    expect(await knock({ token }, { gateway, address: "2001:db8:1:2:bbbb::1" })).toMatchObject(limited);
  });
});

describe("A hello", () => {
  test("holds no more of all conversations together than one answer does, and the newest message of each", async () => {
    const { visitor, token } = await desk.welcome();
    for (let n = 0; n < 20; n++) {
      const conversation = mintId<ConversationId>();
      const posts = Array.from({ length: 10 }, () => {
        const post = { type: "post", conversation, id: mintId<EventId>(), text: "x".repeat(10_000) } as const;
        return desk.desk.asVisitor.execute(visitor, post);
      });
      await Promise.all(posts);
      await desk.desk.asVisitor.execute(visitor, { type: "resolve", conversation });
      desk.clock.advance(1_000);
    }
    const { conversations, events } = await greeted(token);
    expect(JSON.stringify(events).length).toBeLessThan(512 * 1024);
    expect(conversations).toHaveLength(20);
    const whole = [];
    for (const { id, head, more } of conversations) {
      const sent = events.filter(({ conversation }) => conversation === id);
      expect(sent.at(-1)?.seq).toBe(head.talk);
      expect(more ?? false).toBe(sent.length < head.talk);
      whole.push(!more);
    }
    // Of the newest there is all.
    expect(whole).toEqual(whole.map((_, place) => place < 2));

    // Nor of those that were heard in part; what they have is not sent again.
    const since = Object.fromEntries(conversations.map(({ id, head }, at) => [id, at === 19 ? head.talk : 1]));
    const again = await greeted(token, since);
    expect(JSON.stringify(again.events).length).toBeLessThan(512 * 1024);
    expect(again.events.some(({ conversation }) => conversation === conversations[19]?.id)).toBe(false);
  });
});
