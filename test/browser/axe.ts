import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Everything that axe has against a page, or a part of it, in a shadow root if need be: one line each. */
export async function axeAgainst(page: Page, within?: string | { fromShadowDom: string[] }): Promise<string[]> {
  // By the debugger's own door: a page's policy does not concern it.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (selector) =>
      (window as unknown as { axe: { run(context: unknown): Promise<AxeResults> } }).axe.run(selector ?? document),
    within,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`));
}
