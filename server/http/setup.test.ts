import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cookieOf, createAsk, type HttpDesk } from "../../test/support/http-desk.ts";
import { systemClock } from "../clock.ts";
import { createDesk, type Desk } from "../desk/desk.ts";
import { createAudience } from "../live/audience.ts";
import type { Store } from "../store/port.ts";
import { openSqlite } from "../store/sqlite.ts";
import { createHttp } from "./app.ts";

let folder: string;
let store: Store;
let desk: Desk;
let ask: HttpDesk["ask"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
  store = await openSqlite(join(folder, "deskbell.db"));
  desk = createDesk({ store, clock: systemClock, publish: createAudience(), home: () => "https://desk.example" });
  const app = createHttp(desk, {
    config: { limits: true, trustProxy: 0, publicUrl: "https://desk.example" },
    log: { error: () => {} },
    isHome: (origin) => origin === "https://desk.example",
    availability: () => ({ state: "away", agents: [] }),
    ready: () => true,
  });
  ask = createAsk(app);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const INPUT = {
  email: "Olga@Shop.example",
  password: "correct horse",
  name: "Olga",
  site: { name: "Shop", origins: ["https://shop.example/", "https://SHOP.example:443"] },
};

test("Set-up takes the token from the log, works once, and is gone", async () => {
  const setupToken = await desk.setup.prepare();
  expect(setupToken).toMatch(/^su_/);
  const wrong = await ask("POST", "/api/setup", { body: { ...INPUT, setupToken: `${setupToken}x` } });
  expect(wrong.fault).toBe("unauthorized");

  const [first, second] = await Promise.all(
    [1, 2].map(() => ask("POST", "/api/setup", { body: { ...INPUT, setupToken } })),
  );
  expect([first?.status, second?.status].sort()).toEqual([201, 404]);
  const done = first?.status === 201 ? first : second;
  expect(done?.headers.get("set-cookie")).toMatch(/^deskbell_session=\w+; .*HttpOnly; Secure; SameSite=Lax$/);

  const sites = await ask<{ items: { name: string; origins: string[] }[] }>("GET", "/api/sites", {
    as: done ? cookieOf(done) : "",
  });
  expect(sites.body.items).toMatchObject([{ name: "Shop", origins: ["https://shop.example"] }]);
  for (const body of [{ ...INPUT, setupToken }, {}])
    expect((await ask("POST", "/api/setup", { body })).status).toBe(404);
  expect(await desk.setup.prepare()).toBeUndefined();
});

test("The environment's owner is made at the first start only", async () => {
  await desk.setup.prepare({ email: "other@shop.example", password: "another password" });
  const signIn = await ask("POST", "/api/session", {
    body: { email: "other@shop.example", password: "another password" },
  });
  expect(signIn.fault).toBe("unauthorized");
  const owner = await ask("POST", "/api/session", { body: { email: " olga@shop.EXAMPLE", password: INPUT.password } });
  expect(owner.status).toBe(201);
});

test("Of many guesses at one account the last are limited, whoever guesses, and say when to come back", async () => {
  const guess = () => ask("POST", "/api/session", { body: { email: "olga@shop.example", password: "wrong" } });
  let answer = await guess();
  for (let n = 0; n < 12 && answer.status === 401; n++) answer = await guess();
  expect([answer.status, answer.fault]).toEqual([429, "limited"]);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
});
