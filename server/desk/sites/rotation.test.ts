import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { type HeldStore, heldStore } from "../../../test/support/desk-held.ts";
import type { Site } from "./sites.ts";

/* Two owners at the same moment: the second asks while what the first did is not committed yet. */

let store: HeldStore;
let desk: TestDesk;

beforeEach(async () => {
  store = heldStore();
  desk = await openDesk(store);
});
afterEach(async () => {
  store.release();
  await desk.close();
});

const rotate = (until?: number) => desk.desk.sites.rotateSecret(desk.owner.actor, desk.shop.id, until);
const retire = () => desk.desk.sites.retireSecret(desk.owner.actor, desk.shop.id);

/** What each was answered: the second has read the site before the first changes it. */
async function atOnce(first: () => Promise<Site>, second: () => Promise<Site>): Promise<[Site, Site]> {
  store.holdWrites();
  const one = first();
  while (store.held < 1) await turn();
  const other = second();
  // Nothing but what is in memory is asked before the write.
  await turn();
  store.letOne();
  const answered = await one;
  store.release();
  return [answered, await other];
}

/** The secrets that count, the newest first. */
async function counting(): Promise<(string | undefined)[]> {
  const { secret, former } = await desk.desk.sites.byPublicKey(desk.shop.publicKey);
  return [secret, former?.secret];
}

describe("Of two who rotate a site's secret at the same moment", () => {
  test("each is handed one that counts", async () => {
    const [one, other] = await atOnce(rotate, rotate);
    expect(one.secret).not.toBe(other.secret);
    expect(await counting()).toEqual([other.secret, one.secret]);
  });

  test("neither brings back one that the other has taken out of use", async () => {
    const [one, other] = await atOnce(() => rotate(0), rotate);
    expect(one.former).toBeUndefined();
    expect(await counting()).toEqual([other.secret, one.secret]);
    expect(await counting()).not.toContain(desk.shop.secret);
  });
});

describe("Who ends the former secret of a site", () => {
  test("ends no other that became the former one at the same moment", async () => {
    const { secret } = await rotate();
    const [one] = await atOnce(rotate, retire);
    expect(await counting()).toEqual([one.secret, secret]);
  });

  test("ends it once, and is noted once, where two do so at the same moment", async () => {
    const { secret } = await rotate();
    await atOnce(retire, retire);
    expect(await counting()).toEqual([secret, undefined]);
    const { items } = await desk.desk.audit.list(desk.owner.actor, { limit: 50 });
    expect(items.filter(({ action }) => action === "secret.retired")).toHaveLength(1);
  });
});
