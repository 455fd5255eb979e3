import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { startEffort } from "../../../test/support/effort.ts";
import { createPresence } from "../../live/presence.ts";
import { mintId } from "../../store/ids.ts";
import type { AgentActor, VisitorActor } from "../actors.ts";
import { paceOf, typicalReply, waitRange } from "./ranges.ts";

const MINUTE_MS = 60_000;
let test: TestDesk;
beforeEach(async () => {
  test = await openDesk();
});
afterEach(() => test.close());

/** Somebody new writes. */
async function asks(): Promise<{ visitor: VisitorActor; conversation: ConversationId }> {
  const { visitor } = await test.welcome();
  const conversation = mintId<ConversationId>();
  await test.desk.asVisitor.execute(visitor, { type: "post", conversation, id: mintId<EventId>(), text: "Hello?" });
  return { visitor, conversation };
}

const answers = (agent: AgentActor, conversation: ConversationId) =>
  test.desk.asAgent.execute(agent, { type: "post", conversation, id: mintId<EventId>(), text: "Hi", seen: 1 });

const standing = (conversation: ConversationId) =>
  [...test.desk.attendance.standings(test.shop.key).values()].find((one) => one.conversation === conversation);

describe("the line", () => {
  it("says how many stand before somebody, and moves up as they are answered", async () => {
    const { actor } = await test.hire("Mara");
    const [first, second, third] = [await asks(), await asks(), await asks()];
    expect(standing(third.conversation)?.ahead).toBe(2);
    await answers(actor, first.conversation);
    expect(standing(first.conversation)).toBeUndefined();
    expect(standing(third.conversation)?.ahead).toBe(1);
    await test.desk.asVisitor.execute(second.visitor, { type: "resolve", conversation: second.conversation });
    expect(standing(third.conversation)?.ahead).toBe(0);
  });

  it("is the same after a restart", async () => {
    const { conversation } = await asks();
    test.clock.advance(MINUTE_MS);
    const later = await asks();
    const before = test.desk.attendance.standings(test.shop.key);
    await test.desk.attendance.refresh();
    expect(test.desk.attendance.standings(test.shop.key)).toEqual(before);
    expect([...before.values()].map((one) => one.conversation)).toEqual([conversation, later.conversation]);
  });

  it("apologises at 5 minutes, warns at 25, ends at 30, and stands in nobody's way then", async () => {
    const { conversation } = await asks();
    const stages: unknown[] = [];
    for (const minutes of [4, 1, 19, 1, 4, 1]) {
      test.clock.advance(minutes * MINUTE_MS);
      stages.push(standing(conversation)?.stage);
    }
    expect(stages).toEqual(["waiting", "busy", "busy", "ending", "ending", "ended"]);
    const next = await asks();
    expect(standing(next.conversation)?.ahead).toBe(0);
    // Nothing is lost: it waits in the inbox.
    const inbox = await test.desk.asAgent.execute(test.owner.actor, {
      type: "inbox",
      site: test.shop.id,
      view: "waiting",
    });
    expect(inbox).toMatchObject({ rows: [{ id: conversation, status: "open" }, { id: next.conversation }] });
  });

  it("works out how fast it moves when that is read, not for every place in it", async () => {
    const { actor } = await test.hire("Mara");
    for (let n = 0; n < 5; n++) {
      const { conversation } = await asks();
      test.clock.advance(4 * MINUTE_MS);
      await answers(actor, conversation);
    }
    await test.desk.attendance.refresh();
    for (let n = 0; n < 20; n++) await asks();
    const sorts = vi.spyOn(Array.prototype, "sort");
    const standings = [...test.desk.attendance.standings(test.shop.key).values()];
    const sorted = sorts.mock.calls.length;
    sorts.mockRestore();
    expect(standings.map(({ ahead }) => ahead)).toEqual(Array.from({ length: 20 }, (_, ahead) => ahead));
    expect(standings[19]?.wait).toEqual({ from: 60, to: 90 });
    // The line itself.
    expect(sorted).toBe(1);
  });

  it("takes the site's own patience", async () => {
    await test.desk.sites.change(test.owner.actor, test.shop.id, { patience: { apologise: 1, warn: 2, end: 3 } });
    const { conversation } = await asks();
    test.clock.advance(MINUTE_MS);
    expect(standing(conversation)?.stage).toBe("busy");
  });
});

describe("what may be promised", () => {
  const minutes = (...all: number[]) =>
    all.map((wait, at) => ({ asked: at * 100 * MINUTE_MS, replied: (at * 100 + wait) * MINUTE_MS, waiting: 0 }));

  it("is the middle of what really happened, and nothing below five conversations", () => {
    expect(typicalReply(minutes(1, 2, 3, 4), undefined, 0)).toBeUndefined();
    expect(typicalReply(minutes(2, 3, 4, 6, 500), undefined, 0)).toEqual({ from: 2, to: 10 });
  });

  it("counts who still waits once they wait longer than usual", () => {
    const now = 10_000 * MINUTE_MS;
    const left = Array.from({ length: 5 }, () => ({ asked: now - 170 * MINUTE_MS, replied: null, waiting: 1 }));
    expect(typicalReply([...minutes(1, 2, 3, 4, 5), ...left], undefined, now)?.to).toBe(180);
  });

  it("counts opening hours only", () => {
    const day = [{ from: "09:00", to: "17:00" }];
    const hours = { zone: "UTC", week: { mon: day, tue: day, wed: day, thu: day, fri: day } };
    const overNight = Array.from({ length: 5 }, (_, at) => {
      const asked = Date.parse("2026-05-04T16:58Z") + (at % 4) * 24 * 60 * MINUTE_MS;
      return { asked, replied: asked + 16.05 * 60 * MINUTE_MS, waiting: 0 };
    });
    expect(typicalReply(overNight, hours, 0)).toEqual({ from: 3, to: 3 });
  });

  it("grows with those ahead, and ends when the time is over", () => {
    // One after the other, three minutes each.
    const seen = Array.from({ length: 6 }, (_, at) => ({
      asked: at,
      replied: at + (at + 1) * 3 * MINUTE_MS,
      waiting: 0,
    }));
    const pace = paceOf(seen, undefined) ?? { low: 0, high: 0 };
    expect(waitRange(pace, 0, 0)).toEqual({ from: 3, to: 3 });
    expect(waitRange(pace, 2, 0)).toEqual({ from: 5, to: 10 });
    expect(waitRange(pace, 0, 4 * MINUTE_MS)).toBeUndefined();
    expect(paceOf(seen.slice(0, 4), undefined)).toBeUndefined();
  });

  it("shares each wait among those who stood before", () => {
    // With many who ask or are answered in the same moment, and some at once.
    for (let seed = 1; seed <= 50; seed++) {
      let state = seed;
      const random = (below: number) => {
        state = (state * 48_271) % 2_147_483_647;
        return state % below;
      };
      const seen = Array.from({ length: 5 + random(20) }, () => {
        const asked = random(12);
        return { asked, replied: asked + random(6), waiting: 0 };
      });
      const shares = seen
        .map(({ asked, replied }) => {
          const before = seen.filter((other) => other.asked < asked && other.replied > asked).length;
          return (replied - asked) / (1 + before);
        })
        .sort((a, b) => a - b);
      const at = (share: number) => shares[Math.ceil(share * shares.length) - 1];
      expect([seed, paceOf(seen, undefined)]).toEqual([seed, { low: at(0.2), high: at(0.8) }]);
    }
  });

  it("is worked out without holding anybody up, however many were answered", () => {
    const day = [
      { from: "09:00", to: "12:30" },
      { from: "13:00", to: "17:00" },
    ];
    const hours = { zone: "Europe/Berlin", week: { mon: day, tue: day, wed: day, thu: day, fri: day } };
    const monday = Date.parse("2026-11-23T07:00Z");
    const seen = Array.from({ length: 20_000 }, (_, n) => {
      const asked = monday + n * 20_000;
      return { asked, replied: asked + (n % 100) * MINUTE_MS, waiting: 0 };
    });
    const effort = startEffort();
    expect(paceOf(seen, hours)?.high).toBeGreaterThan(0);
    expect(typicalReply(seen, hours, monday + 7 * 24 * 60 * MINUTE_MS)).toBeDefined();
    expect(effort()).toBeLessThan(5_000);
  });

  it("reaches visitors from the store", async () => {
    const { actor } = await test.hire("Mara");
    for (let n = 0; n < 5; n++) {
      const { conversation } = await asks();
      test.clock.advance(4 * MINUTE_MS);
      await answers(actor, conversation);
    }
    await test.desk.attendance.refresh();
    const presence = createPresence(test.audience, test.desk.attendance);
    expect(presence.availability(test.shop.key).reply).toEqual({ from: 4, to: 4 });
    presence.close();
  });
});

describe("availability", () => {
  it("is away outside the hours, whoever sits at a console, and says since when the team is back", async () => {
    const day = [{ from: "09:00", to: "17:00" }];
    const hours = { zone: "Asia/Shanghai", week: { mon: day, tue: day } };
    await test.desk.sites.change(test.owner.actor, test.shop.id, { hours });
    const presence = createPresence(test.audience, test.desk.attendance);
    const { actor } = await test.hire("Mara");
    test.audience.enterAgent({
      peer: { send() {}, close() {} },
      agent: actor,
      session: undefined,
      open: new Map(),
    } as never);
    // Noon in UTC on Monday: eight in the evening in Shanghai.
    expect(presence.availability(test.shop.key)).toEqual({
      state: "away",
      agents: [],
      backAt: "2026-05-05T01:00:00.000Z",
    });
    test.clock.advance(13 * 60 * MINUTE_MS);
    expect(presence.availability(test.shop.key)).toMatchObject({ state: "online", agents: [{ name: "Mara" }] });
    await test.desk.sites.change(test.owner.actor, test.shop.id, { hours: null });
    expect(presence.availability(test.shop.key).state).toBe("online");
    presence.close();
  });

  it("is told to visitors when the clock opens the team, and their place in line as it changes", async () => {
    const day = [{ from: "13:00", to: "17:00" }];
    await test.desk.sites.change(test.owner.actor, test.shop.id, { hours: { zone: "UTC", week: { mon: day } } });
    const presence = createPresence(test.audience, test.desk.attendance);
    const { visitor, conversation } = await asks();
    const heard: { type: string }[] = [];
    const peer = { send: (_name: string, pulse: { type: string }) => heard.push(pulse), close() {} };
    test.audience.enterVisitor({ peer, visitor, token: undefined, conversations: new Map() } as never);
    const { actor } = await test.hire("Mara");
    test.audience.enterAgent({
      peer: { send() {}, close() {} },
      agent: actor,
      session: undefined,
      open: new Map(),
    } as never);
    presence.look();
    expect(heard).toContainEqual({
      type: "availability",
      availability: { state: "away", agents: [], backAt: "2026-05-04T13:00:00.000Z" },
    });
    expect(heard).toContainEqual({ type: "queue", conversation, stage: "waiting", ahead: 0 });
    heard.length = 0;
    test.clock.advance(60 * MINUTE_MS);
    presence.look();
    expect(heard).toContainEqual(
      expect.objectContaining({ type: "availability", availability: expect.objectContaining({ state: "online" }) }),
    );
    expect(heard).toContainEqual({ type: "queue", conversation, stage: "ended", ahead: 0 });
    presence.look();
    expect(heard.filter(({ type }) => type === "queue")).toHaveLength(1);
    presence.close();
  });
});
