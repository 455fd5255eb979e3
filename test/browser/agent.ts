import type { Locator, Page } from "playwright-core";
import { en } from "../../console/sentences/en.ts";

/** A person in the console. */
export interface Agent {
  readonly page: Page;
  readonly say: typeof en;
  /** Rows of the list, by what stands in them. */
  row(text: string): Locator;
  readonly thread: Locator;
  readonly writer: Locator;
  comesIn(link: string): Promise<void>;
  opens(text: string): Promise<void>;
  answers(text: string): Promise<void>;
  notes(text: string): Promise<void>;
  resolves(): Promise<void>;
  sees(text: string | RegExp): Promise<void>;
  /** How far what was just said reaches into the page, px. */
  rightOfToasts(): Promise<number>;
}

export function createAgent(page: Page): Agent {
  const writer = page.locator(".writer");
  const thread = page.locator("main");
  const field = writer.getByRole("textbox").or(writer.getByRole("combobox")).first();
  const write = async (text: string) => {
    await field.fill(text);
    await field.press("Control+Enter");
  };
  const agent: Agent = {
    page,
    say: en,
    row: (text) => page.locator(".conv", { hasText: text }),
    thread,
    writer,
    comesIn: async (link) => {
      await page.goto(link);
      await page.waitForURL(/\/console\/(?!enter)/);
      await page.locator(".conv").first().waitFor();
    },
    opens: async (text) => {
      await agent.row(text).first().click();
      await writer.waitFor();
    },
    answers: async (text) => {
      await writer.getByRole("tab", { name: en.reply }).click();
      await write(text);
    },
    notes: async (text) => {
      await writer.getByRole("tab", { name: en.note }).click();
      await write(text);
    },
    resolves: () => page.getByRole("button", { name: en.resolve, exact: true }).click(),
    sees: (text) => page.getByText(text).first().waitFor(),
    rightOfToasts: () =>
      page.locator(".toast").evaluateAll((all) => Math.max(...all.map((toast) => toast.getBoundingClientRect().right))),
  };
  return agent;
}
