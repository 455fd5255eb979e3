import { expect, it } from "vitest";
import { createHttp } from "./http.ts";

it.each([
  [429, "limited", 7_000],
  [502, "unavailable", 1_000],
  [401, "unauthorized", undefined],
  [403, "forbidden", undefined],
  [404, "not-found", undefined],
  [400, "invalid", undefined],
])("What a proxy answers with a page of its own and %i is taken for %s", async (status, code, afterMs) => {
  const page = new Response("<h1>Sorry</h1>", { status, headers: { "retry-after": "7" } });
  const answer = await createHttp(async () => page)("GET", "/api/session");
  expect(answer).toMatchObject({ ok: false, fault: { code, ...(afterMs && { afterMs }) } });
});
