import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AgentActor } from "../desk/actors.ts";
import type { ConversationRecord } from "../desk/conversations/conversation-record.ts";
import { createAudience } from "./audience.ts";

const SITE = 1;
const AGENTS = 50;
const CONVERSATIONS = 200;

test("in a rush rows go out less often, 10,000 pushes a second and 500 at once, and the newest state arrives", async () => {
  const audience = createAudience();
  let pushes = 0;
  let atOnce = 0;
  let mostAtOnce = 0;
  const newest = new Map<string, string>();
  const send = (_name: string, payload: object) => {
    pushes++;
    if (atOnce++ === 0) setImmediate(() => (atOnce = 0));
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    const { row } = payload as { row: { id: string; updatedAt: string } };
    newest.set(row.id, row.updatedAt);
  };
  const agent = { sites: new Set([SITE]) } as unknown as AgentActor;
  for (let i = 0; i < AGENTS; i++)
    audience.enterAgent({ peer: { send, close: () => {} }, agent, session: undefined, open: new Map() });

  const began = performance.now();
  let last = "";
  while (performance.now() - began < 1_500) {
    last = new Date().toISOString();
    for (let key = 0; key < CONVERSATIONS; key++) audience.stored(recordOf(key, last), []);
    await sleep(5);
  }
  // The very first row of a quiet site goes at once.
  expect(pushes).toBeLessThanOrEqual(AGENTS + 500 + 10 * (performance.now() - began));
  expect(mostAtOnce).toBe(500);
  expect(newest.size).toBe(CONVERSATIONS);
  await expect
    .poll(() => [...newest.values()].filter((at) => at === last).length, { timeout: 5_000 })
    .toBe(CONVERSATIONS);
  audience.close();
});

function recordOf(key: number, updatedAt: string): ConversationRecord {
  return { key, siteKey: SITE, visitorKey: key, view: { id: `c${key}`, updatedAt } } as unknown as ConversationRecord;
}
