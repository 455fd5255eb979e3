import { expect, test } from "vitest";
import { fault, Refusal } from "../../protocol/index.ts";
import { openHttpDesk } from "../../test/support/http-desk.ts";

/* What breaks on our side: a client hears the same as on the socket, whoever runs the server reads why. */

const FULL = new Error("The disk is full");

test.each([
  ["a bug", new TypeError("Cannot read properties of undefined")],
  ["a write that was not possible", Object.assign(new Refusal(fault("unavailable", "Cannot store")), { cause: FULL })],
])("%s is unavailable, with a fault, and stands in the log", async (_, error) => {
  const take = () => Promise.reject(error);
  const desk = await openHttpDesk({ limits: { take, giveBack: take, assertRoom: () => {} } });
  const answer = await desk.ask("GET", "/api/sites", { as: desk.owner.cookie });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([503, "application/problem+json"]);
  expect(answer.body).toMatchObject({ status: 503, fault: { code: "unavailable", retry: "after" } });
  expect(Number(answer.headers.get("retry-after")) * 1000).toBeGreaterThanOrEqual(
    (answer.body as { fault: { afterMs: number } }).fault.afterMs,
  );
  expect(JSON.stringify(answer.body)).not.toMatch(/properties|full/);
  expect(desk.errors).toEqual([expect.objectContaining({ err: error instanceof Refusal ? FULL : error })]);
  await desk.close();
});
