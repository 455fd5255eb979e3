import { describe, expect, it } from "vitest";
import { chooseLocale } from "./locale.ts";
import { en } from "./locales/en.ts";
import { en as courtesies } from "./locales/en-courtesies.ts";
import { en as happened } from "./locales/en-happened.ts";
import { en as files } from "./locales/en-files.ts";
import { en as more } from "./locales/en-more.ts";
import { zhHans } from "./locales/zh-hans.ts";
import { zhHant } from "./locales/zh-hant.ts";
import { createSay } from "./sentences.ts";

const english = { ...en, ...more, ...happened, ...courtesies, ...files };

describe("sentences", () => {
  it("say every sentence in every language, with the same blanks", () => {
    for (const table of [zhHans, zhHant]) {
      expect(Object.keys(table).sort()).toEqual(Object.keys(english).sort());
      for (const [sentence, text] of Object.entries(english))
        expect(blanks(table[sentence as keyof typeof table])).toEqual(blanks(text));
    }
  });

  it("do not mix the two Chinese scripts", () => {
    expect(Object.values(zhHans).join("")).not.toMatch(/[們對話開關傳訊個這還]/);
    expect(Object.values(zhHant).join("")).not.toMatch(/[们对话开关传讯个这还]/);
  });

  it("fill blanks and fall back to English", () => {
    const say = createSay({ "agent.joined": "{name} 已接入" });
    expect(say("agent.joined", { name: "Mara" })).toBe("Mara 已接入");
    expect(say("back")).toBe("Back");
  });

  it.each([
    [["zh-TW"], "zh-Hant"],
    [["zh_HK"], "zh-Hant"],
    [["zh-Hant-CN"], "zh-Hant"],
    [["zh-CN"], "zh-Hans"],
    [["zh"], "zh-Hans"],
    [["fr", "zh-Hans"], "zh-Hans"],
    [[undefined, "", "en-GB"], "en"],
    [["de"], "en"],
  ] as const)("%j is answered in %s", (tags, locale) => {
    expect(chooseLocale(tags)).toBe(locale);
  });
});

function blanks(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();
}
