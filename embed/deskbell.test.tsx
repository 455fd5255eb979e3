import { afterEach, expect, expectTypeOf, test, vi } from "vitest";
import type { Options, Told } from "../widget/door.ts";
import { type DeskbellEvent, type DeskbellOptions, deskbell, loadDeskbell } from "./deskbell.ts";
import { EVENTS } from "./hooks.ts";
import { scriptArrives, tags } from "./test/page.ts";

afterEach(() => {
  for (const tag of tags()) tag.remove();
  Reflect.deleteProperty(window, "Deskbell");
});

test("Calls before the script wait in its queue, in order", () => {
  const bell = loadDeskbell({ host: "https://help.example/anything", site: "pk_1", nonce: "n" });
  bell.identify({ email: "a@b.example" });
  bell.open({ articleId: "returns" });
  expect(tags().map(({ src, nonce, async }) => [src, nonce, async])).toEqual([
    ["https://help.example/widget.js", "n", true],
  ]);
  expect(scriptArrives().calls).toEqual([
    ["init", { site: "pk_1" }],
    ["identify", { email: "a@b.example" }],
    ["open", { articleId: "returns" }],
  ]);
});

test("Loading twice, or beside a tag of the page, fetches nothing more", () => {
  loadDeskbell({ host: "https://help.example", site: "pk_1" });
  loadDeskbell({ host: "https://help.example", site: "pk_1" });
  expect(tags()).toHaveLength(1);
});

test("A script that does not come is an error event, and is tried again by the next call", () => {
  const failed = vi.fn();
  const off = deskbell.on("error", failed);
  loadDeskbell({ host: "https://help.example", site: "pk_1" });
  tags()[0]?.dispatchEvent(new Event("error"));
  expect(failed).toHaveBeenCalledOnce();
  expect(tags()).toHaveLength(0);
  loadDeskbell({ host: "https://help.example", site: "pk_1" });
  expect(tags()).toHaveLength(1);
  off();
});

test("Many listeners hear one event, and none after its unsubscribe", () => {
  const [one, other] = [vi.fn(), vi.fn()];
  const off = deskbell.on("unread", one);
  deskbell.on("unread", other);
  const { tells } = scriptArrives();
  tells("unread", 1);
  off();
  tells("unread", 2);
  expect(one.mock.calls).toEqual([[1]]);
  expect(other.mock.calls).toEqual([[1], [2]]);
});

test("Whoever listens for `ready` when it has been hears it still", async () => {
  document.body.append(document.createElement("deskbell-widget"));
  const [heard, gone] = [vi.fn(), vi.fn()];
  deskbell.on("ready", heard);
  deskbell.on("ready", gone)();
  await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce());
  expect(gone).not.toHaveBeenCalled();
  document.querySelector("deskbell-widget")?.remove();
});

test("The types are those of the widget", () => {
  expectTypeOf<keyof DeskbellOptions>().toEqualTypeOf<keyof Options>();
  expectTypeOf<DeskbellEvent>().toEqualTypeOf<Told>();
  expectTypeOf<(typeof EVENTS)[number]>().toEqualTypeOf<Told>();
  expect(new Set(EVENTS).size).toBe(13);
});
