import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Attendance } from "../desk/availability/attendance.ts";
import { type AgentPeer, createAudience } from "./audience.ts";
import { createPresence } from "./presence.ts";

const SITE = 1;
const MARA = { id: "0190a000-0000-7000-8000-000000000001", name: "Mara", sites: new Set([SITE]) };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(attendance?: Attendance) {
  const audience = createAudience();
  const presence = createPresence(audience, attendance);
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
  /** A visitor who is greeted now, perhaps in a conversation with somebody; returns what they believe of the team. */
  const visits = (key: number, joined?: typeof MARA) => {
    let state: string = presence.availability(SITE).state;
    let there = false;
    const send = (_name: string, pulse: { type: string; availability?: { state: string }; agents?: unknown[] }) => {
      if (pulse.type === "availability") state = pulse.availability?.state ?? "";
      if (pulse.type === "presence") there = pulse.agents?.length === 1;
    };
    const conversations = new Map(joined && [["c", { id: "c", joined }]]);
    const member = { peer: { send, close() {} }, visitor: { key, site: { key: SITE } }, conversations } as never;
    audience.enterVisitor(member);
    presence.greet(member);
    return Object.assign(() => state, { person: () => there });
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

test("who looks at the clock meanwhile tells nobody that the team is away", () => {
  const { presence, comes, goes, visits } = open();
  const member = comes();
  vi.advanceTimersByTime(100);
  const visitor = visits(1);
  const states: string[] = [];
  goes(member);
  for (let ms = 0; ms < 2_000; ms += 500) {
    vi.advanceTimersByTime(500);
    presence.look();
    states.push(visitor());
  }
  comes();
  vi.advanceTimersByTime(100);
  expect([...states, visitor()]).toEqual(Array(5).fill("online"));
  presence.close();
});

test("after hours too visitors hear whether their own person is there", () => {
  const closed = { hours: () => ({ open: false, until: 1 }), photos: () => true, standings: () => [], onLine() {} };
  const { presence, comes, goes, visits } = open(closed as never);
  const member = comes();
  vi.advanceTimersByTime(100);
  const visitor = visits(1, MARA);
  presence.look();
  expect([visitor(), visitor.person()]).toEqual(["away", true]);
  goes(member);
  vi.advanceTimersByTime(3_100);
  expect(visitor.person()).toBe(false);
  comes();
  vi.advanceTimersByTime(100);
  expect(visitor.person()).toBe(true);
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
