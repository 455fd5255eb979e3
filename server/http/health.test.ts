import { afterAll, beforeAll, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

let desk: HttpDesk;
let draining = false;

beforeAll(async () => {
  desk = await openHttpDesk({ ready: () => !draining });
});
afterAll(() => desk.close());

test("The process answers, and is ready while the store is", async () => {
  expect((await desk.ask("GET", "/healthz")).status).toBe(200);
  expect((await desk.ask("GET", "/readyz")).status).toBe(200);
});

test("Many who ask at once whether it is ready are one write, and who asks afterwards is another", async () => {
  let writes = 0;
  const one = await openHttpDesk(({ desk: inside, store }) => {
    const write: typeof store.write = (job) => {
      writes++;
      return store.write(job);
    };
    Object.assign(inside, { store: { ...store, write } });
    return {};
  });
  const ready = () => one.ask("GET", "/readyz");
  const all = await Promise.all(Array.from({ length: 50 }, ready));
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]));
  expect(writes).toBe(1);
  await ready();
  expect(writes).toBe(2);
  await one.close();
});

test("A server that stops is alive, and not ready", async () => {
  draining = true;
  expect((await desk.ask("GET", "/healthz")).status).toBe(200);
  expect((await desk.ask("GET", "/readyz")).status).toBe(503);
  draining = false;
});

test("What is counted can be read by Prometheus, without anybody's ids", async () => {
  await desk.ask("GET", "/api/sites");
  const { body, headers } = await desk.ask<string>("GET", "/metrics");
  expect(headers.get("content-type")).toContain("text/plain");
  expect(body).toMatch(/deskbell_http_requests_total\{method="GET",status="401"\} \d+/);
  expect(body).toContain("nodejs_eventloop_lag_seconds");
});

test("Every answer carries what keeps it from being misused", async () => {
  for (const path of ["/healthz", "/api/sites", "/nothing", "/api/openapi.json"]) {
    const { headers } = await desk.ask("GET", path);
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "cache-control": expect.any(String),
    });
  }
});

test("A body over the limit is too large, however it is sent", async () => {
  const body = JSON.stringify({ name: "x".repeat(2 * 1024 * 1024) });
  const sent = await desk.ask("POST", "/api/sites", { as: desk.owner.cookie, body });
  expect([sent.status, sent.fault]).toEqual([413, "too-large"]);

  const stream = new Blob([body]).stream();
  const headers = { "content-type": "application/json", cookie: desk.owner.cookie };
  const chunked = { method: "POST", headers, body: stream, duplex: "half" } as RequestInit;
  expect((await desk.app.request("/api/sites", chunked)).status).toBe(413);

  const command = JSON.stringify({ type: "resolve", more: "x".repeat(70_000) });
  const path = "/api/conversations/01a20c50-0000-7000-8000-000000000000/commands";
  expect((await desk.ask("POST", path, { as: desk.owner.cookie, body: command })).status).toBe(413);
});

test.each(["{", "", "[1", "\u0000"])("What is no JSON, as %j, is invalid and no fault of ours", async (body) => {
  const answer = await desk.ask("POST", "/api/sites", { as: desk.owner.cookie, body });
  expect([answer.status, answer.fault]).toEqual([400, "invalid"]);
  expect(desk.errors).toEqual([]);
});

test.each([
  [null, undefined],
  [[], undefined],
  [{}, "name"],
  [{ name: 1 }, "name"],
  [{ name: "S", origins: "https://a.example" }, "origins"],
  [{ name: "S", theme: { brand: "red" } }, "theme.brand"],
])("A body like %j is refused with its field", async (body, field) => {
  const answer = await desk.ask<{ fault: { field?: string } }>("POST", "/api/sites", { as: desk.owner.cookie, body });
  expect(answer.fault).toBe("invalid");
  if (field !== undefined) expect(answer.body.fault.field).toBe(field);
});
