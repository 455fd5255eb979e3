import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HOME, openDesk, SHOP, type TestDesk } from "../../test/support/desk.ts";
import type { Namespace } from "./gateway.ts";

/*
 * Between the handshake and the entrance lies a turn of the carrier. What ends then closes nobody, for nobody is inside
 * yet: so the entrance itself must look again.
 */

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  await desk.close();
  expect(desk.errors).toEqual([]);
});

interface Came {
  /** What the connection was sent. */
  readonly sent: readonly { name: string; payload: object }[];
  readonly closed: boolean;
  /** How many are inside. */
  readonly inside: number;
}

/** Knocks, is let in by the handshake, and enters once `meanwhile` is over. */
async function enters(
  namespace: Namespace,
  by: { auth?: object; cookie?: string },
  meanwhile: () => Promise<unknown>,
): Promise<Came> {
  const origin = namespace === "visitor" ? SHOP : HOME;
  const auth = { v: 1, ...by.auth };
  const handshake = { auth, origin, cookie: by.cookie, host: undefined, address: "::1" };
  const admitted = await desk.gateway.admit(namespace, handshake);
  if ("fault" in admitted) throw new Error(admitted.fault.message);
  await meanwhile();
  const sent: { name: string; payload: object }[] = [];
  let closed = false;
  await admitted.start({
    send: (name, payload) => void sent.push({ name, payload }),
    close() {
      closed = true;
    },
  });
  return { sent, closed, inside: [...desk.audience.visitors(), ...desk.audience.agents()].length };
}

const nobody = { sent: [], closed: true, inside: 0 };
const greeted = { sent: [expect.objectContaining({ name: "hello" })], closed: false, inside: 1 };
const nothing = async () => {};

describe("A visitor", () => {
  const site = () => desk.shop.publicKey;

  test("enters where nothing has happened since the handshake", async () => {
    const { token } = await desk.welcome();
    expect(await enters("visitor", { auth: { site: site(), token } }, nothing)).toEqual(greeted);
  });

  test("does not, where they have logged out meanwhile", async () => {
    const { token } = await desk.welcome();
    const leave = () => desk.desk.departures.leave(desk.shop, token);
    expect(await enters("visitor", { auth: { site: site(), token } }, leave)).toEqual(nobody);
  });

  test("does not, where they have been erased meanwhile", async () => {
    const { token, visitor } = await desk.welcome();
    const erase = () => desk.desk.erasure.erase(desk.owner.actor, visitor.id);
    expect(await enters("visitor", { auth: { site: site(), token } }, erase)).toEqual(nobody);
  });
});

describe("An agent", () => {
  test("enters where nothing has happened since the handshake", async () => {
    const { cookie } = await desk.hire("Ada");
    expect(await enters("agent", { cookie }, nothing)).toEqual(greeted);
  });

  test("does not, where they have signed out meanwhile", async () => {
    const { cookie } = await desk.hire("Ada");
    const signOut = () => desk.desk.sessions.signOut(cookie.slice(cookie.indexOf("=") + 1));
    expect(await enters("agent", { cookie }, signOut)).toEqual(nobody);
  });

  test("does not, where they have been removed meanwhile", async () => {
    const { cookie, actor } = await desk.hire("Ada");
    const remove = () => desk.desk.people.remove(desk.owner.actor, actor.id);
    expect(await enters("agent", { cookie }, remove)).toEqual(nobody);
  });

  test("does not, where the key they came with has been removed meanwhile", async () => {
    const { id, token } = await desk.desk.keys.make(desk.owner.actor, { name: "Robot", role: "agent" });
    const remove = () => desk.desk.keys.remove(desk.owner.actor, id);
    expect(await enters("agent", { auth: { token } }, remove)).toEqual(nobody);
  });

  test("D12 does not with the sites or the role of before, where they have been given others meanwhile", async () => {
    const { cookie, actor } = await desk.hire("Ada", [desk.shop, desk.cafe]);
    const change = (to: object) => () => desk.desk.people.change(desk.owner.actor, actor.id, to);
    expect(await enters("agent", { cookie }, change({ sites: [desk.cafe.id] }))).toEqual(nobody);
    expect(await enters("agent", { cookie }, change({ role: "admin" }))).toEqual(nobody);
    expect(await enters("agent", { cookie }, change({ name: "Ada L." }))).toEqual(nobody);
    expect(await enters("agent", { cookie }, nothing)).toEqual(greeted);
  });
});
