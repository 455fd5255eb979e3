import { Hono } from "hono";
import { expect, test } from "vitest";
import { addressOf } from "./address.ts";
import type { HttpEnv } from "./env.ts";

const DIRECT = "10.0.0.9";

async function seen(trusted: number, forwarded?: string): Promise<string> {
  const app = new Hono<HttpEnv>().get("/", (c) => c.text(addressOf(c, trusted)));
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  const answer = await app.request("/", { headers }, { incoming: { headers, socket: { remoteAddress: DIRECT } } });
  return answer.text();
}

test.each([
  [0, "203.0.113.7", DIRECT],
  [1, undefined, DIRECT],
  [1, "203.0.113.7", "203.0.113.7"],
  // What stands further left was written by whoever asked.
  [1, "1.2.3.4, 203.0.113.7", "203.0.113.7"],
  [2, "1.2.3.4, 203.0.113.7, 10.0.0.8", "203.0.113.7"],
  [2, "203.0.113.7", "203.0.113.7"],
])("Behind %i proxies %j comes from %s", async (trusted, forwarded, address) => {
  expect(await seen(trusted, forwarded)).toBe(address);
});
