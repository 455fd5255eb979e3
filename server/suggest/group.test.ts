import { expect, test } from "vitest";
import { groupByMeaning, meanTheSame, similarity } from "./group.ts";

const said = (text: string, count = 1) => ({ text, locale: /\p{Script=Han}/u.test(text) ? "zh" : "en", count });

test("what means the same stands together, the most frequent first, and nothing else with it", async () => {
  const groups = await groupByMeaning([
    said("need an invoice with the company name on it"),
    said("How do I get an invoice with my company name?", 5),
    said("Is there parking near the studio?", 2),
    said("where can I park my car near the studio"),
    said("怎么把会员卡延期一个月"),
    said("会员卡可以延期一个月吗"),
  ]);
  expect(groups.map((group) => group.map(({ text }) => text))).toEqual([
    ["How do I get an invoice with my company name?", "need an invoice with the company name on it"],
    ["Is there parking near the studio?", "where can I park my car near the studio"],
    ["怎么把会员卡延期一个月", "会员卡可以延期一个月吗"],
  ]);
});

test("both Chinese scripts say the same", () => {
  expect(similarity("退款什么时候到账", "退款什麼時候到賬", "zh")).toBeCloseTo(1, 9);
});

test("words that everybody uses make nothing alike", () => {
  expect(meanTheSame("How can I change my password?", "How can I pay for my order?")).toBe(false);
});

test("nor do they in other languages than English, each by its own", async () => {
  const words = ["Wie kann ich meine Rechnung herunterladen?", "Wie kann ich meine Adresse ändern?"] as const;
  expect(meanTheSame(...words, "de")).toBe(false);
  expect(meanTheSame(words[0], "Rechnung herunterladen", "de-CH")).toBe(true);
  const groups = await groupByMeaning(words.map((text) => ({ text, locale: "de", count: 1 })));
  expect(groups).toHaveLength(2);
});

test("no text, and text without words, is no trouble", async () => {
  expect(await groupByMeaning([])).toEqual([]);
  expect(await groupByMeaning([said("…"), said("?!")])).toHaveLength(2);
});
