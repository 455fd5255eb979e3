import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConversationId, EventId } from "../../protocol/index.ts";
import { HOME, openDesk, SHOP, type Signed, type TestDesk } from "../../test/support/desk.ts";
import { createLimits } from "../limits.ts";
import { mintId } from "../store/ids.ts";
import { type Ahead, createAlarm } from "./ahead.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { createPresence } from "./presence.ts";

/* What a client has heard was acknowledged: a log that holds less, in its own epoch, has lost something (D1, D10). */

let desk: TestDesk;
let gateway: Gateway;
let ada: Signed;
let token: string;
let conversation: ConversationId;
let told: Ahead[];
let counted: number;

beforeEach(async () => {
  desk = await openDesk();
  told = [];
  counted = 0;
  gateway = createGateway({
    desk: desk.desk,
    audience: desk.audience,
    presence: createPresence(desk.audience),
    limits: createLimits(false),
    isHome: desk.isHome,
    log: (error) => desk.errors.push(error),
    alarm: createAlarm({ epoch: desk.store.epoch, tell: (ahead) => told.push(ahead), count: () => counted++ }),
  });
  ada = await desk.hire("Ada");
  const welcomed = await desk.welcome();
  ({ token } = welcomed);
  conversation = mintId<ConversationId>();
  const post = { type: "post", conversation, id: mintId<EventId>(), text: "Hello" } as const;
  await desk.desk.asVisitor.execute(welcomed.visitor, post);
});
afterEach(() => desk.close());

const visitorAt = (talk: number, epoch: string | undefined) =>
  greet("visitor", { site: desk.shop.publicKey, token, since: { [conversation]: talk }, epoch }, SHOP);
const agentAt = (talk: number, notes: number) =>
  greet("agent", { since: { [conversation]: { talk, desk: notes } }, epoch: desk.store.epoch }, HOME);

async function greet(namespace: "visitor" | "agent", auth: object, origin: string) {
  const known = JSON.parse(JSON.stringify({ v: 1, ...auth }));
  const cookie = namespace === "agent" ? ada.cookie : undefined;
  const admitted = await gateway.admit(namespace, { auth: known, origin, cookie, host: undefined, address: "::1" });
  if ("fault" in admitted) throw new Error(admitted.fault.message);
  await new Promise<void>((greeted) => {
    const send = (name: string) => name === "hello" && greeted();
    void admitted.start({ send, close() {} });
  });
}

test("D10 a visitor ahead of the log in its own epoch raises the alarm, and is greeted all the same", async () => {
  await visitorAt(3, desk.store.epoch);
  expect(told).toEqual([{ conversation, claimed: 3, head: 1 }]);
  expect(counted).toBe(1);
});

test("D10 so does one that says no epoch, as other clients do", async () => {
  await visitorAt(3, undefined);
  expect(counted).toBe(1);
});

test("D10 an agent does on either stream", async () => {
  await agentAt(1, 0);
  expect(counted).toBe(0);
  await agentAt(1, 4);
  expect(told).toEqual([{ conversation, claimed: 4, head: 0 }]);
});

test("D10 nobody does who stands where the log stands, behind it, or comes from before a restore", async () => {
  await visitorAt(1, desk.store.epoch);
  await visitorAt(0, desk.store.epoch);
  await visitorAt(9, "the one before");
  expect(counted).toBe(0);
});

test("Whoever claims what they like fills no log: all are counted, one a minute is told", () => {
  let now = 0;
  let count = 0;
  const lines: number[] = [];
  const alarm = createAlarm({
    epoch: "one",
    now: () => now,
    count: () => count++,
    tell: (_, untold) => lines.push(untold),
  });
  for (let i = 0; i < 100; i++) alarm.check("one", { conversation, claimed: 9, head: 1 });
  now = 60_000;
  alarm.check("one", { conversation, claimed: 9, head: 1 });
  expect(count).toBe(101);
  expect(lines).toEqual([0, 99]);
});
