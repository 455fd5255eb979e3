import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AgentPeer, VisitorPeer } from "./audience.ts";
import { createAudience } from "./audience.ts";
import { createPresence } from "./presence.ts";

const SITE = 1;
const MARA = { id: "0190a000-0000-7000-8000-000000000001", name: "Mara", sites: new Set([SITE]) };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const audience = createAudience();
  const presence = createPresence(audience);
  const comes = () => {
    const member = { peer: { send() {}, close() {} }, agent: MARA, session: undefined, open: new Map() } as never;
    audience.enterAgent(member);
    presence.changed(member);
    return member as AgentPeer;
  };
  const goes = (member: AgentPeer) => {
    audience.leaveAgent(member);
    presence.changed(member);
  };
  /** A visitor who is greeted now; returns what they believe of the team. */
  const visits = (key: number) => {
    let state: string = presence.availability(SITE).state;
    const send = (_name: string, pulse: { type: string; availability?: { state: string } }) => {
      if (pulse.type === "availability") state = pulse.availability?.state ?? "";
    };
    const member = { peer: { send, close() {} }, visitor: { key, site: { key: SITE } }, conversations: new Map() };
    audience.enterVisitor(member as unknown as VisitorPeer);
    return () => state;
  };
  return { presence, comes, goes, visits };
}

test("who comes while the only agent reloads their console hears at once that they are back", () => {
  const { presence, comes, goes, visits } = open();
  const member = comes();
  vi.advanceTimersByTime(100);
  const before = visits(1);
  expect(before()).toBe("online");
  goes(member);
  vi.advanceTimersByTime(500);
  const meanwhile = visits(2);
  comes();
  vi.advanceTimersByTime(100);
  expect([before(), meanwhile()]).toEqual(["online", "online"]);
  vi.advanceTimersByTime(10_000);
  expect([before(), meanwhile()]).toEqual(["online", "online"]);
  presence.close();
});

test("an agent who stays away is away after three seconds, for everybody", () => {
  const { presence, comes, goes, visits } = open();
  const member = comes();
  vi.advanceTimersByTime(100);
  const visitor = visits(1);
  goes(member);
  vi.advanceTimersByTime(2_900);
  expect(visitor()).toBe("online");
  vi.advanceTimersByTime(200);
  expect(visitor()).toBe("away");
  presence.close();
});
