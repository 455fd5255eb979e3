import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Attendance } from "../desk/availability/attendance.ts";
import { type AgentPeer, createAudience } from "./audience.ts";
import { createPresence } from "./presence.ts";

const SITE = 1;
const MARA = { id: "0190a000-0000-7000-8000-000000000001", name: "Mara", sites: new Set([SITE]) };

interface Heard {
  type: string;
  availability?: { state: string };
  agents?: unknown[];
  ahead?: number;
}

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
    const heard: string[] = [];
    const ahead: (number | undefined)[] = [];
    const send = (_name: string, pulse: Heard) => {
      if (pulse.type === "availability") state = pulse.availability?.state ?? "";
      if (pulse.type === "availability") heard.push(state);
      if (pulse.type === "queue") ahead.push(pulse.ahead);
      if (pulse.type === "presence") there = pulse.agents?.length === 1;
    };
    const conversations = new Map(joined && [["c", { id: "c", joined }]]);
    const member = { peer: { send, close() {} }, visitor: { key, site: { key: SITE } }, conversations } as never;
    audience.enterVisitor(member);
    presence.greet(member);
    return Object.assign(() => state, { person: () => there, heard, ahead });
  };
  return { presence, comes, goes, visits };
}

test("an agent who is away leaves nobody there, and somebody again when they come back", () => {
  const { presence, comes, visits } = open();
  const member = comes();
  const visitor = visits(1, MARA);
  vi.advanceTimersByTime(100);
  expect([visitor(), visitor.person()]).toEqual(["online", true]);
  member.away = true;
  presence.changed(member);
  vi.advanceTimersByTime(3_100);
  expect([visitor(), visitor.person()]).toEqual(["away", false]);
  member.away = false;
  presence.changed(member);
  vi.advanceTimersByTime(100);
  expect([visitor(), visitor.person()]).toEqual(["online", true]);
  presence.close();
});

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
  const closed = {
    hours: () => ({ open: false, until: 1 }),
    photos: () => true,
    standings: () => new Map(),
    onLine() {},
  };
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

/** A team by its hours alone, whose line is counted each time it is built. */
function counting() {
  const team = { open: true, built: 0, ahead: 0 };
  let moved: (site: number) => void = () => undefined;
  const attendance = {
    hours: () => ({ open: team.open, until: undefined }),
    photos: () => true,
    reply: () => undefined,
    standings() {
      team.built++;
      return new Map([[1, { conversation: "c", stage: "waiting", ahead: team.ahead, wait: undefined }]]);
    },
    onLine(tell: typeof moved) {
      moved = tell;
    },
  };
  return { team, attendance: attendance as never, moves: (site: number) => moved(site) };
}

test("the line is built once for all who are greeted in one turn, and anew for the next", () => {
  const { team, attendance } = counting();
  const { presence, visits } = open(attendance);
  for (let key = 0; key < 300; key++) visits(key);
  expect(team.built).toBe(1);
  vi.advanceTimersByTime(1);
  visits(300);
  expect(team.built).toBe(2);
  presence.close();
});

test("a team that comes is told to all its visitors, 250 in a turn, for each turn by one line", () => {
  const { team, attendance } = counting();
  const { presence, comes, visits } = open(attendance);
  const visitors = Array.from({ length: 1_000 }, (_, key) => visits(key));
  vi.advanceTimersByTime(1);
  team.built = 0;
  comes();
  const told = () => visitors.filter((state) => state() === "online").length;
  const turns: number[] = [];
  for (let before = 0; before < 1_000 && turns.length < 20; before = told()) {
    vi.advanceTimersToNextTimer();
    if (told() > before) turns.push(told() - before);
  }
  expect(turns).toEqual([250, 250, 250, 250]);
  expect(team.built).toBe(4);
  presence.close();
});

test("who was still to be told when it changed again hears only what is so", () => {
  const { team, attendance } = counting();
  team.open = false;
  const { presence, comes, visits } = open(attendance);
  comes();
  vi.advanceTimersByTime(100);
  const visitors = Array.from({ length: 500 }, (_, key) => visits(key));
  team.open = true;
  presence.look();
  expect([visitors[0]?.(), visitors[499]?.()]).toEqual(["online", "away"]);
  team.open = false;
  presence.look();
  vi.advanceTimersByTime(1);
  expect([visitors[0]?.heard, visitors[499]?.heard]).toEqual([["online", "away"], ["away"]]);
  presence.close();
});

test("who is greeted in the same turn as the line moves is told of the line as it is then", () => {
  const { team, attendance, moves } = counting();
  const { presence, visits } = open(attendance);
  const first = visits(1);
  team.ahead = 3;
  moves(SITE);
  const second = visits(1);
  expect([first.ahead, second.ahead]).toEqual([[0], [3]]);
  presence.close();
});
