import { afterAll, beforeAll, expect, test } from "vitest";
import { SHOP } from "../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import type { SelfServiceReport } from "../desk/articles/self-service.ts";

let desk: HttpDesk;
let key: string;
let article: string;
let reports: string;

beforeAll(async () => {
  desk = await openHttpDesk();
  key = await desk.keyOf("agent");
  const open = { visibility: "public", state: "published" };
  const body = { title: "=SUM(1), of it", body: "Text.", locale: "en", ...open };
  article = (await desk.ask<{ id: string }>("POST", `/api/sites/${desk.shop.id}/articles`, { as: key, body })).body.id;
  reports = `/api/sites/${desk.shop.id}/reports`;
});
afterAll(() => desk.close());

const tell = (what: string, body: object) =>
  desk.ask("POST", `/api/widget/${desk.shop.publicKey}/articles/${article}/${what}`, {
    body,
    headers: { origin: SHOP },
  });

test("What the widget tells is counted, and told back with n", async () => {
  for (let n = 0; n < 12; n++)
    expect((await tell("reading", { q: "what is the sum", session: `s${n}` })).status).toBe(204);
  expect((await tell("verdict", { q: "what is the sum", session: "s0", solved: true })).status).toBe(204);
  desk.clock.advance(73 * 3_600_000);
  await desk.desk.readings.settle();
  const { status, body } = await desk.ask<SelfServiceReport>("GET", `${reports}/self-service?by=article`, { as: key });
  expect(status).toBe(200);
  expect(body).toMatchObject({ name: "self-service", by: "article" });
  expect(body.rows[0]).toMatchObject({ segment: null, n: 12, solved: { count: 1 }, left: { count: 11 } });
  expect(body.rows[1]).toMatchObject({ segment: article, label: "=SUM(1), of it", n: 12 });
});

test("A file of it holds no formula", async () => {
  const headers = { accept: "text/csv" };
  const answer = await desk.ask<string>("GET", `${reports}/self-service?by=article`, { as: key, headers });
  expect(answer.headers.get("content-type")).toContain("text/csv");
  const [head, all, first] = answer.body.split("\r\n");
  expect(head).toMatch(/^segment,label,n,open,solved,solved_low,solved_high,left,/);
  expect(all).toMatch(/^,,12,0,0\.0833,/);
  expect(first).toContain(`${article},"'=SUM(1), of it",12,0,`);
});

test("A question and a session are needed, a period is a period, and other reports are still none", async () => {
  expect((await tell("reading", { session: "s" })).fault).toBe("invalid");
  expect((await tell("reading", { q: "what", session: "" })).fault).toBe("invalid");
  const faultOf = async (query: string) =>
    (await desk.ask("GET", `${reports}/self-service${query}`, { as: key })).fault;
  expect(await faultOf("?from=yesterday")).toBe("invalid");
  expect(await faultOf("?from=2026-13-45")).toBe("invalid");
  expect(await faultOf("?by=agent")).toBe("invalid");
  expect(await faultOf("?from=2026-05-04&to=2026-05-01")).toBe("invalid");
  expect((await desk.ask("GET", `${reports}/outcomes`, { as: key })).status).toBe(501);
  expect((await desk.ask("GET", `${reports}/self-service`)).status).toBe(401);
});
