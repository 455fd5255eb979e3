import { describe, expect, it } from "vitest";
import { chooseLocale, directionOf, LOCALES, type Locale } from "./locale.ts";
import { createSay, type Sentence, type Table } from "./sentences.ts";
import { english } from "./wording.ts";

const tables = new Map<Locale, Table>([["en", english]]);
for (const locale of LOCALES) {
  if (locale === "en") continue;
  const { sentences } = (await import(`./locales/${locale.toLowerCase()}.ts`)) as { sentences: Table };
  tables.set(locale, sentences);
}

/** How much longer than English a sentence may be: in one of two lines, or in a button. */
const STRETCH = 2.2;
const SHORT_ENDS = 12;
const SCRIPTS: Partial<Record<Locale, RegExp>> = {
  "zh-Hans": /\p{Script=Han}/u,
  "zh-Hant": /\p{Script=Han}/u,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  ko: /\p{Script=Hangul}/u,
  ru: /\p{Script=Cyrillic}/u,
  ar: /\p{Script=Arabic}/u,
  he: /\p{Script=Hebrew}/u,
  hi: /\p{Script=Devanagari}/u,
};

describe.each([...tables])("sentences in %s", (locale, table) => {
  it("are all there, none empty, with the same blanks as in English", () => {
    const sentences = Object.keys(table).filter((key) => !isForm(key));
    expect(sentences.sort()).toEqual(Object.keys(english).sort());
    for (const [sentence, text] of Object.entries(english)) {
      const said = table[sentence as Sentence];
      expect(said.trim(), sentence).not.toBe("");
      expect(said, sentence).toBe(said.trim());
      expect(blanks(said), sentence).toEqual(blanks(text));
    }
  });

  it("have forms only of what is counted, and only those that their language has", () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    for (const key of Object.keys(table).filter(isForm)) {
      const dot = key.lastIndexOf(".");
      expect(blanks(english[key.slice(0, dot) as Sentence]), key).toContain("{n}");
      expect(pluralCategories, key).toContain(key.slice(dot + 1));
    }
  });

  it("are in that language's own script, and no longer than there is room for", () => {
    for (const [sentence, text] of Object.entries(table)) {
      const script = SCRIPTS[locale];
      const bare = text.replaceAll(/\{\w+\}/g, "");
      if (script) expect(script.test(bare), `${sentence}: ${text}`).toBe(true);
      const source = english[(isForm(sentence) ? sentence.slice(0, sentence.lastIndexOf(".")) : sentence) as Sentence];
      expect(text.length, `${sentence}: ${text}`).toBeLessThanOrEqual(SHORT_ENDS + source.length * STRETCH);
    }
  });
});

describe("sentences", () => {
  it("do not mix the two Chinese scripts", () => {
    expect(Object.values(tables.get("zh-Hans") ?? {}).join("")).not.toMatch(/[們對話開關傳訊個這還]/);
    expect(Object.values(tables.get("zh-Hant") ?? {}).join("")).not.toMatch(/[们对话开关传讯个这还]/);
  });

  it("fill blanks and fall back to English", () => {
    const say = createSay("zh-Hans", { "agent.joined": "{name} 已接入" });
    expect(say("agent.joined", { name: "Mara" })).toBe("Mara 已接入");
    expect(say("back")).toBe("Back");
  });

  it.each([
    ["ru", 21, "21 непрочитанное сообщение"],
    ["ru", 3, "3 непрочитанных сообщения"],
    ["ru", 11, "11 непрочитанных сообщений"],
    ["ar", 2, "رسالتان غير مقروءتين"],
    ["ar", 7, "7 رسائل غير مقروءة"],
    ["ar", 40, "40 رسالة غير مقروءة"],
    ["de", 40, "40 ungelesene Nachrichten"],
  ] as const)("count in %s: %i", (locale, n, said) => {
    expect(createSay(locale, tables.get(locale) ?? {})("launcher.unread", { n })).toBe(said);
  });

  it.each([
    [["zh-TW"], "zh-Hant"],
    [["zh_HK"], "zh-Hant"],
    [["zh-Hant-CN"], "zh-Hant"],
    [["zh-CN"], "zh-Hans"],
    [["zh"], "zh-Hans"],
    [["nl", "zh-Hans"], "zh-Hans"],
    [[undefined, "", "en-GB"], "en"],
    [["de-AT"], "de"],
    [["PT-br"], "pt"],
    [["eng"], "en"],
    [["nl"], "en"],
  ] as const)("%j is answered in %s", (tags, locale) => {
    expect(chooseLocale(tags)).toBe(locale);
  });

  it("are chosen among fewer where fewer are spoken", () => {
    expect(chooseLocale(["fr", "zh-TW"], ["en", "zh-Hant"])).toBe("zh-Hant");
    expect(chooseLocale(["fr"], ["en", "zh-Hant"])).toBe("en");
  });

  it("run from right to left in Arabic and Hebrew alone", () => {
    expect(LOCALES.filter((locale) => directionOf(locale) === "rtl")).toEqual(["ar", "he"]);
  });
});

function blanks(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank).sort();
}

/** Whether a key is another form of a sentence, for other numbers. */
function isForm(key: string): boolean {
  return /\.(zero|one|two|few|many|other)$/.test(key) && !(key in english);
}
