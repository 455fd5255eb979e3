import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { SITE } from "../fake-line.ts";
import type { Http } from "../ports.ts";
import { createPicker } from "./picker.ts";
import type { Trigger } from "./trigger.ts";

const session = { site: signal(SITE), agent: signal(undefined), colleagues: signal([]) } as never;
const hit = (id: string, score: number) => ({ id, title: id, score, visibility: "public" });

/** The order in which articles stand that fit so well and are so hot. */
async function order(found: readonly (readonly [id: string, score: number, heat: number])[], query = "refund") {
  const items = found.map(([id, score]) => hit(id, score));
  const http = (async () => ({ ok: true, value: { items } })) as unknown as Http;
  const of = signal(new Map(found.map(([id, , heat]) => [id, { article: id, heat, verdicts: 0 }])));
  const picker = createPicker(http, session, signal([]), { of, fetch: async () => {} });
  picker.trigger.value = { kind: "article", query, from: 0 } as Trigger;
  await expect.poll(() => picker.choices.value.length).toBe(found.length);
  const ids = picker.choices.value.map((choice) => choice.kind === "article" && choice.article.id);
  picker.dispose();
  return ids;
}

it("heat decides between two articles that fit about as well", async () => {
  expect(
    await order([
      ["cold", 0.62, 0],
      ["hot", 0.58, 1],
    ]),
  ).toEqual(["hot", "cold"]);
});

it("what hardly fits does not come first by being hot, nor what fits less well by far", async () => {
  expect(
    await order([
      ["fits", 0.12, 0],
      ["hot", 0.05, 1],
    ]),
  ).toEqual(["fits", "hot"]);
  expect(
    await order([
      ["fits", 0.9, 0],
      ["hot", 0.7, 1],
    ]),
  ).toEqual(["fits", "hot"]);
});

it("before a word is typed only heat counts", async () => {
  expect(
    await order(
      [
        ["cold", 0, 0.1],
        ["hot", 0, 1],
      ],
      "",
    ),
  ).toEqual(["hot", "cold"]);
});
