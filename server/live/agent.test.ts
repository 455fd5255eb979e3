import { afterEach, beforeEach, expect, test } from "vitest";
import type { AgentHello, ConversationId, EventId } from "../../protocol/index.ts";
import { HOME, openDesk, type TestDesk } from "../../test/support/desk.ts";
import { mintId } from "../store/ids.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

async function greeted(since: object): Promise<AgentHello> {
  const ada = await desk.hire("Ada");
  const knock = { auth: { v: 1, since }, origin: HOME, host: undefined, cookie: ada.cookie, address: "192.0.2.1" };
  const admitted = await desk.gateway.admit("agent", knock);
  if ("fault" in admitted) throw new Error(admitted.fault.message);
  const heard: object[] = [];
  await admitted.start({ send: (name, payload) => void (name === "hello" && heard.push(payload)), close() {} });
  return heard[0] as AgentHello;
}

test("An agent's hello holds no more of all conversations together than one answer does, and the newest of each stream", async () => {
  const named: ConversationId[] = [];
  const ben = (await desk.hire("Ben")).actor;
  for (let n = 0; n < 12; n++) {
    const { visitor } = await desk.welcome();
    const conversation = mintId<ConversationId>();
    const text = "x".repeat(10_000);
    for (let m = 0; m < 8; m++) {
      const id = mintId<EventId>;
      await desk.desk.asVisitor.execute(visitor, { type: "post", conversation, id: id(), text });
      await desk.desk.asAgent.execute(ben, { type: "note", conversation, id: id(), text });
    }
    named.push(conversation);
  }
  const { events } = await greeted(Object.fromEntries(named.map((id) => [id, { talk: 1, desk: 1 }])));
  expect(JSON.stringify(events).length).toBeLessThan(640 * 1024);

  const whole = [];
  for (const id of named)
    for (const stream of ["talk", "desk"] as const) {
      const sent = events.filter((event) => event.conversation === id && event.stream === stream);
      expect(sent.at(-1)).toMatchObject({ seq: 8 });
      whole.push(sent.length === 7);
    }
  // Of those named first there is all.
  expect(whole).toEqual(whole.map((_, place) => place < 3));
});
