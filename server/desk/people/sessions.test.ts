import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { type HeldStore, heldStore } from "../../../test/support/desk-held.ts";
import { SESSION_LASTS_MS } from "./sessions.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

let store: HeldStore;
let desk: TestDesk;
beforeEach(async () => {
  store = heldStore();
  desk = await openDesk(store);
});
afterEach(() => {
  store.release();
  return desk.close();
});

const ask = async () => (await desk.desk.sessions.bySession(desk.owner.cookie.split("=")[1] ?? ""))?.id;
/** A write that comes after all that were begun. */
const written = () => desk.store.write(async () => {});

test("Who is signed in reads on while the disk is full, and their session lives on once it is not", async () => {
  desk.clock.advance(SESSION_LASTS_MS - DAY_MS);
  store.failNextWrite();
  expect(await ask()).toBe(desk.owner.actor.id);
  await written().catch(() => undefined);
  expect(await ask()).toBe(desk.owner.actor.id);
  await written();
  desk.clock.advance(2 * DAY_MS);
  expect(await ask()).toBe(desk.owner.actor.id);
});

test("Who is signed in reads on while the disk answers nothing", async () => {
  desk.clock.advance(DAY_MS);
  store.holdWrites();
  expect(await ask()).toBe(desk.owner.actor.id);
});
