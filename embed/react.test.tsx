/** @jsxImportSource react */
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Deskbell, type DeskbellProps, deskbell } from "./react.ts";
import { type Arrived, scriptArrives, tags } from "./test/page.ts";

const SITE = { host: "https://help.example", site: "pk_1" };

let root: Root;
beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  root = createRoot(document.body.appendChild(document.createElement("div")));
});
afterEach(() => {
  act(() => root.unmount());
  for (const tag of tags()) tag.remove();
  Reflect.deleteProperty(window, "Deskbell");
  document.body.replaceChildren();
});

const draw = (props: DeskbellProps) => act(() => root.render(<Deskbell {...props} />));

test("A mounted component loads the tag once and begins with its options", () => {
  draw({ ...SITE, theme: "dark" });
  draw({ ...SITE, theme: "dark" });
  expect(tags().map(({ src }) => src)).toEqual(["https://help.example/widget.js"]);
  expect(scriptArrives().calls).toEqual([["init", { site: "pk_1", theme: "dark" }]]);
});

test("What happens is told to the newest listener, and to none after unmounting", () => {
  const [first, second] = [vi.fn(), vi.fn()];
  draw({ ...SITE, on: { unread: first } });
  draw({ ...SITE, on: { unread: second } });
  scriptArrives().tells("unread", 2);
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledExactlyOnceWith(2);
  act(() => root.render(null));
  scriptArrives().tells("unread", 3);
  expect(second).toHaveBeenCalledOnce();
});

test("Unmounting destroys, other options begin anew", () => {
  draw(SITE);
  const arrived: Arrived = scriptArrives();
  draw({ ...SITE, position: "left" });
  act(() => root.render(null));
  expect(arrived.calls.map(([verb]) => verb)).toEqual(["init", "destroy", "init", "destroy"]);
  expect(arrived.calls[2]?.[1]).toEqual({ site: "pk_1", position: "left" });
});

test("Whoever is signed in is made known, and logged out when they are gone", () => {
  draw({ ...SITE, identity: { token: "signed" } });
  draw({ ...SITE, identity: { token: "signed" } });
  draw(SITE);
  expect(scriptArrives().calls).toEqual([["init", { site: "pk_1" }], ["identify", { token: "signed" }], ["logout"]]);
});

test("Calls go to the widget wherever they are made", () => {
  draw(SITE);
  const { calls } = scriptArrives();
  deskbell.open({ view: "chat" });
  expect(calls.at(-1)).toEqual(["open", { view: "chat" }]);
});
