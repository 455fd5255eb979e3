import { describe, expect, it } from "vitest";
import { languageOf, offeredLanguages } from "./languages.ts";

describe("a language", () => {
  it.each([
    ["German", "en", "de"],
    [" deutsch ", "en", "de"],
    ["德语", "zh-Hans", "de"],
    ["German", "zh-Hans", "de"],
    ["简体中文", "zh-Hans", "zh-Hans"],
    ["zh-hant", "en", "zh-Hant"],
    ["PT-br", "en", "pt-BR"],
    ["sw", "en", "sw"],
    ["de-AT", "en", "de-AT"],
  ])("is meant by %s, read in %s: %s", (text, shownIn, tag) => {
    expect(languageOf(text, shownIn)).toBe(tag);
  });

  it.each(["", "Klingonese", "xx", "en zh", "e", "en-", "zz-ZZ"])("is not meant by “%s”", (text) => {
    expect(languageOf(text, "en")).toBeUndefined();
  });

  it("is offered by its name as the reader calls it, and those that are there are not", () => {
    const names = offeredLanguages("en", ["en", "de"]);
    expect(names).toContain("French");
    expect(names).not.toContain("German");
    expect(offeredLanguages("zh-Hans", [])).toContain("法语");
    for (const name of names) expect(languageOf(name, "en")).toBeDefined();
  });
});
