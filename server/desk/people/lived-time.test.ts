import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { insertAgent } from "../../store/agents.ts";
import type { Store } from "../../store/port.ts";
import { openSqlite } from "../../store/sqlite.ts";
import { createAccounts } from "./accounts.ts";
import { newAgent } from "./people.ts";
import { SESSION_LASTS_MS } from "./sessions.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const YEAR_MS = 365 * DAY_MS;

let folder: string;
let store: Store;
let wall: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
  store = await openSqlite(join(folder, "desk.db"));
  wall = Date.UTC(2026, 4, 4);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A server that begins now, on a wall clock that may have jumped while none ran. */
function start() {
  const began = wall;
  let lived = 0;
  const clock = { now: () => wall, steady: () => Math.min(wall, began + lived + DAY_MS) };
  const { sessions } = createAccounts({ store, clock });
  return {
    sessions,
    async run(millis: number) {
      wall += millis;
      lived += millis;
      await sessions.tidy();
    },
  };
}

async function signIn(sessions: ReturnType<typeof start>["sessions"]) {
  const person = { kind: "person", email: "olga@desk.example", name: "Olga", role: "owner", password: "-" } as const;
  const { id } = await store.write((db) => insertAgent(db, { ...newAgent(wall), ...person }));
  return (await sessions.begin(id)).token;
}

test("A restart under a wall clock a year ahead signs nobody out, nor does one under the right clock again", async () => {
  const first = start();
  const token = await signIn(first.sessions);
  await first.run(60_000);
  wall += YEAR_MS;
  const second = start();
  expect(await second.sessions.bySession(token)).toMatchObject({ name: "Olga" });
  await second.run(60_000);
  expect(await second.sessions.bySession(token)).toMatchObject({ name: "Olga" });
  wall -= YEAR_MS;
  expect(await start().sessions.bySession(token)).toMatchObject({ name: "Olga" });
});

test("A clock that jumps while the server runs signs nobody out, and no session lasts a year for it", async () => {
  const { sessions, run } = start();
  const token = await signIn(sessions);
  wall += YEAR_MS;
  expect(await sessions.bySession(token)).toMatchObject({ name: "Olga" });
  const later = await signIn2(sessions);
  await run(SESSION_LASTS_MS + 2 * DAY_MS);
  expect(await sessions.bySession(later)).toBeUndefined();

  async function signIn2(on: typeof sessions) {
    return (await on.begin(1)).token;
  }
});

test("Sessions end as they should over restarts: what ran counts in full, a stop as a day at most", async () => {
  const first = start();
  const token = await signIn(first.sessions);
  await first.run(20 * DAY_MS);
  const second = start();
  await second.run(9 * DAY_MS);
  wall += 2 * DAY_MS;
  expect(await start().sessions.bySession(token)).toBeDefined();

  const other = await (async () => {
    const third = start();
    const made = (await third.sessions.begin(1)).token;
    await third.run(SESSION_LASTS_MS + DAY_MS);
    return made;
  })();
  expect(await start().sessions.bySession(other)).toBeUndefined();
});
