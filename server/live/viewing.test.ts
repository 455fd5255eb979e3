import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId } from "../../protocol/index.ts";
import { HOME, openDesk, type TestDesk } from "../../test/support/desk.ts";
import { byUid } from "../store/conversations.ts";
import { mintId, toBytes } from "../store/ids.ts";
import type { Session } from "./peer.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

async function comesIn(): Promise<Session> {
  const { cookie } = desk.owner;
  const handshake = { auth: { v: 1 }, origin: HOME, cookie, host: undefined, address: "::1" };
  const admitted = await desk.gateway.admit("agent", handshake);
  if ("fault" in admitted) throw new Error(admitted.fault.message);
  return admitted.start({ send() {}, close() {} });
}

/** A conversation that a visitor began: its id, and the store's key. */
async function begun(): Promise<[id: ConversationId, key: number]> {
  const { visitor } = await desk.welcome();
  const conversation = mintId<ConversationId>();
  await desk.desk.asVisitor.execute(visitor, { type: "post", conversation, id: mintId<EventId>(), text: "Hello" });
  const row = await desk.store.read((db) => byUid(db, toBytes(conversation)));
  return [conversation, row?.id ?? 0];
}

test("whoever leaves while a conversation is opened for them is not seen looking at it ever after", async () => {
  const [conversation, key] = await begun();
  const looking = () => [...desk.audience.agentsAt(key)].length;
  const session = await comesIn();
  const opens = () => new Promise<void>((done) => void session.command({ type: "open", conversation }, () => done()));
  await opens();
  expect(looking()).toBe(1);
  await new Promise<void>((done) => void session.command({ type: "leave", conversation }, () => done()));
  expect(looking()).toBe(0);
  const opened = opens();
  session.gone();
  await opened;
  expect(looking()).toBe(0);
});
