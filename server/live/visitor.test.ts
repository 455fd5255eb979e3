import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConversationId, EventId, VisitorHello } from "../../protocol/index.ts";
import { openDesk, SHOP, type TestDesk } from "../../test/support/desk.ts";
import { mintId } from "../store/ids.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

function knock(token: string, since?: object, gateway = desk.gateway) {
  const auth = { v: 1, site: desk.shop.publicKey, token, ...(since && { since }) };
  return gateway.admit("visitor", { auth, origin: SHOP, host: undefined, cookie: undefined, address: "192.0.2.1" });
}

async function greeted(token: string, since?: object): Promise<VisitorHello> {
  const admitted = await knock(token, since);
  if ("fault" in admitted) throw new Error(admitted.fault.message);
  const heard: object[] = [];
  await admitted.start({ send: (name, payload) => void (name === "hello" && heard.push(payload)), close() {} });
  return heard[0] as VisitorHello;
}

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
