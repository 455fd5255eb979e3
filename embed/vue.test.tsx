import { afterEach, expect, test, vi } from "vitest";
import { type App, createApp, h, nextTick, reactive } from "vue";
import { scriptArrives, tags } from "./test/page.ts";
import { Deskbell, type DeskbellProps } from "./vue.ts";

let app: App | undefined;
afterEach(() => {
  app?.unmount();
  for (const tag of tags()) tag.remove();
  Reflect.deleteProperty(window, "Deskbell");
});

function draw(props: DeskbellProps & Record<string, unknown>) {
  app = createApp({ render: () => h(Deskbell, props as never) });
  app.mount(document.createElement("div"));
}

test("A mounted component loads the tag, emits what happens, and unmounting destroys", () => {
  const heard = vi.fn();
  draw({ host: "https://help.example", site: "pk_1", z: 9, onUnread: heard });
  expect(tags().map(({ src }) => src)).toEqual(["https://help.example/widget.js"]);
  const { calls, tells } = scriptArrives();
  tells("unread", 4);
  expect(heard).toHaveBeenCalledExactlyOnceWith(4);
  app?.unmount();
  app = undefined;
  expect(calls).toEqual([["init", { site: "pk_1", z: 9 }], ["destroy"]]);
});

test("Whoever signs in is made known, whoever leaves is logged out, other options begin anew", async () => {
  const props: DeskbellProps & Record<string, unknown> = reactive({ host: "https://help.example", site: "pk_1" });
  draw(props);
  const { calls } = scriptArrives();
  props.identity = { token: "signed" };
  await nextTick();
  props.identity = undefined;
  await nextTick();
  props.lang = "zh-Hans";
  await nextTick();
  expect(calls).toEqual([
    ["init", { site: "pk_1" }],
    ["identify", { token: "signed" }],
    ["logout"],
    ["destroy"],
    ["init", { site: "pk_1", lang: "zh-Hans" }],
  ]);
});
