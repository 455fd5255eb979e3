import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { SITE } from "../fake-line.ts";
import type { Http } from "../ports.ts";
import { createReplies } from "./replies.ts";

it("A saved reply whose answer was lost has the same id at the next try, and the one after it another", async () => {
  const ids: (string | undefined)[] = [];
  const http = (async (method: string, _: string, body?: { id?: string }) => {
    if (method === "GET") return { ok: true, value: { items: [] } };
    ids.push(body?.id);
    return ids.length === 1 ? { ok: false, fault: fault("unavailable", "No connection") } : { ok: true, value: body };
  }) as Http;
  const replies = createReplies(http, { site: signal(SITE) } as never);
  const hello = { name: "hello", text: "Hi" };
  expect(await replies.save(hello)).toMatchObject({ code: "unavailable" });
  await replies.save(hello);
  await replies.save(hello);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});
