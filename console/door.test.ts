import { expect, it, vi } from "vitest";
import { createDoor } from "./door.ts";

it("lets nothing in or out once it is shut, nor what was asked for before", async () => {
  const asked = Promise.withResolvers<{ ok: true; value: string }>();
  const http = vi.fn(() => asked.promise);
  const heard: ((event: object) => void)[] = [];
  const line = { up: true, send: vi.fn(), pulse: vi.fn(), on: (_: string, listener: never) => heard.push(listener) };
  const door = createDoor(line as never, http as never, vi.fn());
  const hears = vi.fn();
  door.link.on("event", hears);
  const before = door.http("GET", "/api/session");
  door.shut();
  asked.resolve({ ok: true, value: "for who left" });
  const gone = { ok: false, fault: expect.objectContaining({ code: "unavailable" }) };
  expect(await before).toEqual(gone);
  expect([await door.http("GET", "/api/session"), await door.link.send({} as never)]).toEqual([gone, gone]);
  door.link.pulse({} as never);
  for (const listener of heard) listener({});
  expect([http.mock.calls.length, line.send.mock.calls.length, line.pulse.mock.calls.length]).toEqual([1, 0, 0]);
  expect([hears.mock.calls.length, door.link.up]).toEqual([0, false]);
});
