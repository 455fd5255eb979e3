import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { SITE, settled } from "../fake-line.ts";
import type { Http } from "../ports.ts";
import { en } from "../sentences/en.ts";
import { createTranslations } from "./knowledge-translations.ts";
import type { Route } from "./routes.ts";
import { createToasts } from "./toasts.ts";

const ENGLISH = { id: "a1", locale: "en", title: "Returns", state: "published", original: true, behind: false };
const CHINESE = { ...ENGLISH, id: "a2", locale: "zh-Hans", title: "退货", state: "draft", original: false };

it("a language that a colleague began meanwhile is opened and not begun again", async () => {
  let groups: unknown[] = [];
  const http = (async (method: string) =>
    method === "GET"
      ? { ok: true, value: { items: groups } }
      : { ok: false, fault: fault("stale", "“退货” is this article in zh-Hans already") }) as Http;
  const route = signal<Route>({ page: "knowledge", article: "a1" });
  const go = (next: Route) => {
    route.value = next;
  };
  const session = { site: signal({ ...SITE, locales: ["en", "zh-Hans"] }) } as never;
  const editor = { id: signal("a1"), saved: signal({ ...ENGLISH, group: "g1" }) } as never;
  const toasts = createToasts();
  const translations = createTranslations(http, { route, go, dispose() {} }, session, editor, toasts);
  await settled();
  expect(translations.missing.value).toEqual(["zh-Hans"]);
  groups = [{ group: "g1", articles: [ENGLISH, CHINESE] }];
  await translations.begin("zh-Hans");
  expect(route.value).toEqual({ page: "knowledge", article: "a2" });
  expect(translations.fault.value).toBeUndefined();
  expect(toasts.shown.value.map(({ say }) => say(en))).toEqual([en.languageThere]);
  translations.dispose();
  toasts.dispose();
});
