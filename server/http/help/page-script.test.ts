// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PAGE_SCRIPT } from "./page-script.ts";

/* What the help pages tell of a reader, and what they keep. */

const KEPT = "deskbell:pk_shop:session";

let told: [path: string, body: { q: string; session: string }][];
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  vi.stubGlobal("fetch", async (path: string, { body }: { body: string }) => {
    told.push([path, JSON.parse(body)]);
  });
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** An article is opened, and its script runs. */
function opens(search: string, says: { globalPrivacyControl?: boolean; doNotTrack?: string } = {}) {
  document.body.innerHTML = `<section data-ask hidden><button></button></section><form class="help-ask"></form>`;
  const page = {
    document: {
      currentScript: { dataset: { site: "pk_shop", article: "a1", after: "5" } },
      querySelectorAll: (selector: string) => document.querySelectorAll(selector),
      querySelector: (selector: string) => document.querySelector(selector),
      createElement: (name: string) => document.createElement(name),
      visibilityState: "visible",
    },
    navigator: says,
    location: { search },
  };
  new Function(...Object.keys(page), PAGE_SCRIPT)(...Object.values(page));
  return page.document;
}
const reads = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000);

test("who came by a search and reads for a while has read for that question, told once; nothing is kept before", () => {
  opens("?q=lit+diode");
  reads(4);
  expect([told, localStorage.getItem(KEPT)]).toEqual([[], null]);
  reads(60);
  const session = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  expect(session).toMatch(/^[0-9a-f]{32}$/);
  expect(told).toEqual([["/api/widget/pk_shop/articles/a1/reading", { q: "lit diode", session }]]);
  // The same reader, on another page.
  opens("?q=fuse");
  reads(5);
  expect(told[1]?.[1]).toEqual({ q: "fuse", session });
});

test("a page that nobody sees is not read, and who came by no search reads for no question", () => {
  opens("?q=lit+diode").visibilityState = "hidden";
  reads(60);
  opens("");
  reads(60);
  expect([told, localStorage.length]).toEqual([[], 0]);
});

test.for([{ globalPrivacyControl: true }, { doNotTrack: "1" }])(
  "nothing is told or kept where the browser says %o, not with a verdict either; a person can be asked all the same",
  (says) => {
    opens("?q=lit+diode", says);
    reads(60);
    const form = document.querySelector("form");
    form?.dispatchEvent(new Event("submit"));
    expect([told, localStorage.length, form?.elements.length]).toEqual([[], 0, 0]);
    expect(document.querySelector<HTMLElement>("[data-ask]")?.hidden).toBe(false);
  },
);

test("a verdict bears the session under which the article was read", () => {
  opens("?q=lit+diode");
  reads(5);
  const form = document.querySelector("form");
  form?.dispatchEvent(new Event("submit"));
  expect(form?.querySelector<HTMLInputElement>("[name=session]")?.value).toBe(told[0]?.[1].session);
});
