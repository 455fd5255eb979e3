import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId, Reply } from "../../protocol/index.ts";
import { openDesk, SHOP, type TestDesk } from "../../test/support/desk.ts";
import { mintId } from "../store/ids.ts";
import type { Store } from "../store/port.ts";
import type { Session } from "./peer.ts";

/* A server that is told to stop: nobody else comes in, and who is in is served until their connection's turn (D1). */

let desk: TestDesk;
let letGo: () => void;
let held: Promise<void> | undefined;

beforeEach(async () => {
  held = undefined;
  const through = (store: Store): Store => ({
    ...store,
    async write(job) {
      await held;
      return store.write(job);
    },
  });
  desk = await openDesk({ through });
});
afterEach(() => desk.close());

async function admit() {
  const { token } = await desk.welcome();
  const auth = { v: 1, site: desk.shop.publicKey, token };
  return desk.gateway.admit("visitor", { auth, origin: SHOP, host: undefined, cookie: undefined, address: "::1" });
}

async function comesIn(): Promise<Session> {
  const admitted = await admit();
  if ("fault" in admitted) throw new Error(admitted.fault.message);
  return admitted.start({ send() {}, close() {} });
}

function posts(session: Session): Promise<Reply> {
  const command = { type: "post", conversation: mintId<ConversationId>(), id: mintId<EventId>(), text: "Hello" };
  return new Promise((answered) => void session.command(command, answered));
}

test("a stop lets nobody else in, and serves who is in", async () => {
  const session = await comesIn();
  desk.gateway.stop();
  expect(await admit()).toMatchObject({ fault: { code: "unavailable", retry: "after" } });
  expect(await posts(session)).toMatchObject({ ok: true });
});

test("a session is finished once what it began is answered", async () => {
  const session = await comesIn();
  held = new Promise((resolve) => {
    letGo = resolve;
  });
  const said: string[] = [];
  const answered = posts(session).then((reply) => said.push(reply.ok ? "answered" : "refused"));
  const finished = session.finish().then(() => said.push("finished"));
  expect(await desk.store.read(async () => said)).toEqual([]);
  letGo();
  await Promise.all([answered, finished]);
  expect(said).toEqual(["answered", "finished"]);
});

test("who writes the next message with every answer is served for a while, then asked for patience, and never cut off", async () => {
  const session = await comesIn();
  const said: string[] = [];
  const writes = async () => {
    for (;;) {
      said.push("asked");
      const reply = await posts(session);
      said.push(reply.ok ? "stored" : reply.fault.code);
      if (!reply.ok) return reply.fault.afterMs;
    }
  };
  const first = await posts(session);
  const [afterMs] = await Promise.all([writes(), session.finish().then(() => said.push("finished"))]);
  expect(first.ok).toBe(true);
  expect(said.filter((word) => word === "stored").length).toBeGreaterThan(1);
  expect(said.slice(-3)).toEqual(["asked", "unavailable", "finished"]);
  expect(afterMs).toBeGreaterThanOrEqual(500);
});
