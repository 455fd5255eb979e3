import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";

const FOLDER = join(import.meta.dirname, "../../docs/screenshots");

/** Keeps what stands on a page for the docs, where `DESKBELL_SCREENSHOTS=1` asks for it; else does nothing. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.DESKBELL_SCREENSHOTS !== "1") return;
  await mkdir(FOLDER, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: "disabled", caret: "hide" });
}
