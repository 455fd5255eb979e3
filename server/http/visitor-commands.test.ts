import { afterEach, beforeEach, expect, test } from "vitest";
import type { Conversation, ConversationId, Event, EventId, Reply } from "../../protocol/index.ts";
import { SHOP } from "../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import { createLimits } from "../limits.ts";
import { mintId } from "../store/ids.ts";

let desk: HttpDesk;
let token: string;
beforeEach(async () => {
  desk = await openHttpDesk();
  ({ token } = await desk.welcome());
});
afterEach(() => desk.close());

const ask = <T>(method: string, path: string, body?: unknown) =>
  desk.ask<T>(method, `/api/widget/${desk.shop.publicKey}${path}`, {
    headers: { origin: SHOP, authorization: `Bearer ${token}` },
    ...(body !== undefined && { body }),
  });
const several = async (commands: unknown[]) =>
  (await ask<{ replies: Reply[] }>("POST", "/commands", { commands })).body.replies;
const post = (conversation: string, text: string, id: string = mintId<EventId>()) => ({
  type: "post",
  conversation,
  id,
  text,
});

test("D5 several commands at once are carried out in their order, and again change nothing", async () => {
  const conversation = mintId<ConversationId>();
  const parting = ["one", "two", "three"].map((text) => post(conversation, text));
  const first = await several(parting);
  expect(first.map((reply) => reply.ok && reply.event?.seq)).toEqual([1, 2, 3]);
  const second = await several(parting);
  expect(second.map((reply) => reply.ok && reply.again)).toEqual([true, true, true]);
  const { body: page } = await ask<{ events: Event[] }>("GET", `/conversations/${conversation}/events?after=0`);
  expect(page.events.map((event) => event.type === "posted" && event.text)).toEqual(["one", "two", "three"]);
});

test("D5 a command refused for good does not hold up the next; one that must be sent again does", async () => {
  const conversation = mintId<ConversationId>();
  const [one, two, three] = ["one", "two", "three"].map((text) => post(conversation, text));
  const body = await several([one, { ...two, text: "" }, three]);
  expect(body.map((reply) => (reply.ok ? reply.event?.seq : reply.fault.code))).toEqual([1, "invalid", 2]);

  await desk.close();
  desk = await openHttpDesk({ limits: { take: limitedFrom(2) } as never });
  ({ token } = await desk.welcome());
  const limited = await several([one, two, three]);
  expect(limited.map((reply) => (reply.ok ? reply.event?.seq : reply.fault.code))).toEqual([1, "limited", "limited"]);
});

test("more commands at once than a page holds, or none that is one, are invalid", async () => {
  const many = Array.from({ length: 51 }, () => post(mintId(), "x"));
  expect(await ask("POST", "/commands", { commands: many })).toMatchObject({ status: 400, fault: "invalid" });
  expect(await several([null])).toMatchObject([{ ok: false, fault: { code: "invalid" } }]);
});

test.each(["/conversations", "/conversations/:id/events"])(
  "who reads %s without end is told when to come back, and nobody else is",
  async (path) => {
    const conversation = mintId<ConversationId>();
    await desk.close();
    const limits = createLimits(true);
    desk = await openHttpDesk({ limits });
    const { token: others } = await desk.welcome();
    const { visitor, token: own } = await desk.welcome();
    token = own;
    await several([post(conversation, "one")]);
    const read = () => ask("GET", path.replace(":id", conversation));
    expect((await read()).status).toBe(200);
    await expect(
      (async () => {
        for (;;) await limits.take("command", visitor.id);
      })(),
    ).rejects.toMatchObject({ fault: { code: "limited" } });
    const { status, fault, headers } = await read();
    expect([status, fault, Number(headers.get("retry-after")) > 0]).toEqual([429, "limited", true]);
    token = others;
    expect((await ask("GET", "/conversations")).status).toBe(200);
  },
);

test("D12 where conversations stand is told to their visitor alone", async () => {
  const conversation = mintId<ConversationId>();
  await ask("POST", "/commands", post(conversation, "Hello"));
  const mine = await ask<{ epoch: string; conversations: Conversation[] }>("GET", "/conversations");
  expect(mine.body).toMatchObject({
    v: 1,
    epoch: desk.store.epoch,
    conversations: [{ id: conversation, head: { talk: 1 } }],
  });
  expect(mine.body.conversations[0]?.head).not.toHaveProperty("desk");
  ({ token } = await desk.welcome());
  expect((await ask<{ conversations: [] }>("GET", "/conversations")).body.conversations).toEqual([]);
  token = "vt_unknown";
  expect(await ask("GET", "/conversations")).toMatchObject({ status: 401, fault: "unauthorized" });
});

/** Takes so many posts, and then asks for patience. */
function limitedFrom(count: number) {
  let taken = 0;
  return async (kind: string) => {
    if (kind !== "post" || ++taken < count) return;
    const { refuse } = await import("../../protocol/index.ts");
    refuse("limited", "Too many", { afterMs: 1000 });
  };
}
