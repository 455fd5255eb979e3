import type { Locator, Page } from "playwright-core";
import { sentences as ar } from "../../ui/locales/ar.ts";
import { en } from "../../ui/locales/en.ts";
import { en as courtesies } from "../../ui/locales/en-courtesies.ts";
import { en as files } from "../../ui/locales/en-files.ts";
import { en as happened } from "../../ui/locales/en-happened.ts";
import { en as more } from "../../ui/locales/en-more.ts";
import { sentences as zhHans } from "../../ui/locales/zh-hans.ts";
import type { Sentence } from "../../ui/sentences.ts";

/** What the shop and its articles are written in. */
export type Language = "en" | "zh-Hans";
/** What the widget may be met in. */
export type Spoken = Language | "ar";

/** A person on the shop's pages, who finds things by what they are called. */
export interface Visitor {
  readonly page: Page;
  /** What the widget says, in their language. */
  say(sentence: Sentence): string;
  /** Everything of the widget. */
  readonly widget: Locator;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly composer: Locator;
  /** The articles offered for what was typed. */
  readonly answers: Locator;
  goes(path: string): Promise<void>;
  rings(): Promise<void>;
  /** Key by key, as people type. */
  types(text: string): Promise<void>;
  sendsToAPerson(): Promise<void>;
  writes(text: string): Promise<void>;
  sees(text: string | RegExp): Promise<void>;
  presses(sentence: Sentence): Promise<void>;
  bubble(text: string): Locator;
  /** Resolves once a message of theirs is acknowledged. "Not sent" is no "Sent". */
  sent(text: string): Promise<void>;
}

const WORDS: Record<Spoken, Record<Sentence, string>> = {
  ar,
  en: { ...en, ...more, ...courtesies, ...happened, ...files },
  "zh-Hans": zhHans,
};

export function createVisitor(page: Page, language: Spoken, shopUrl: string): Visitor {
  const say = (sentence: Sentence) => WORDS[language][sentence];
  const widget = page.locator("deskbell-widget");
  const panel = widget.getByRole("dialog", { name: say("panel.title") });
  const composer = panel.getByRole("textbox").last();
  const visitor: Visitor = {
    page,
    say,
    widget,
    panel,
    launcher: widget.locator("button.launcher"),
    composer,
    answers: panel.locator("[data-answer]"),
    goes: async (path) => void (await page.goto(shopUrl + path)),
    rings: async () => {
      await visitor.launcher.click();
      await panel.waitFor();
    },
    types: async (text) => {
      await composer.click();
      await composer.pressSequentially(text, { delay: 5 });
    },
    sendsToAPerson: () => panel.getByRole("button", { name: say("ask.send") }).click(),
    writes: async (text) => {
      await composer.fill(text);
      await composer.press("Enter");
    },
    sees: (text) => panel.getByText(text).first().waitFor(),
    presses: (sentence) => panel.getByRole("button", { name: say(sentence), exact: true }).click(),
    bubble: (text) => panel.locator(".msg", { hasText: text }),
    sent: (text) => {
      const said = new RegExp(`· (${say("msg.sent")}|${say("msg.seen")})$`);
      return visitor.bubble(text).getByText(said).waitFor({ timeout: 30_000 });
    },
  };
  return visitor;
}
