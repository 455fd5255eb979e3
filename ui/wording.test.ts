import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "./locale.ts";
import { createSay, type Table } from "./sentences.ts";
import { english, longest, partsOf, wordingFault } from "./wording.ts";

describe("an owner's wording", () => {
  it.each([
    ["en", "back", "Go back", undefined],
    ["en", "agent.joined", "{name} is here now", undefined],
    ["en", "agent.joined", "Somebody is here now", "blanks"],
    ["en", "back", "Back, {name}", "blanks"],
    ["en", "back", " ", "empty"],
    ["en", "back", "One\nTwo", "characters"],
    ["en", "back", "x".repeat(200), "long"],
    ["en", "backwards", "Back", "unknown"],
    ["en", "toString", "Back", "unknown"],
    ["en", "__proto__", "Back", "unknown"],
    ["ru", "launcher.unread.few", "{n} новых ответа", undefined],
    ["ar", "launcher.unread.two", "رسالتان جديدتان", undefined],
    ["en", "launcher.unread.few", "{n} new answers", "unknown"],
    ["en", "back.one", "Back", "unknown"],
    // No number stands in it, though it ends like a form of something.
    ["en", "queue.one", "Just one", undefined],
  ] as const)("in %s, %s as %j: %s", (locale, key, text, fault) => {
    expect(wordingFault(locale, key, text)).toBe(fault);
  });

  it("takes back every sentence as we say it ourselves, in every language", async () => {
    for (const locale of LOCALES) {
      const table = locale === "en" ? english : await tableOf(locale);
      for (const [key, text] of Object.entries(table))
        expect([key, wordingFault(locale, key, text)]).toEqual([key, undefined]);
    }
  });

  it("knows a form from a sentence", () => {
    expect(partsOf("launcher.unread.few")).toEqual({ sentence: "launcher.unread", form: "few" });
    expect(partsOf("queue.one")).toEqual({ sentence: "queue.one" });
    expect(longest("launcher.unread.few")).toBe(longest("launcher.unread"));
  });

  it("outdoes ours, form by form, and leaves the others", async () => {
    const say = createSay("ru", await tableOf("ru"), { "launcher.unread.few": "{n} ответа ждут" });
    expect(say("launcher.unread", { n: 3 })).toBe("3 ответа ждут");
    expect(say("launcher.unread", { n: 21 })).toBe("21 непрочитанное сообщение");
  });
});

async function tableOf(locale: Locale): Promise<Table> {
  return ((await import(`./locales/${locale.toLowerCase()}.ts`)) as { sentences: Table }).sentences;
}
