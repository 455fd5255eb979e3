import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";

const FOLDER = join(import.meta.dirname, "../../docs/screenshots");
const QUIET = { animations: "disabled", caret: "hide" } as const;

/** Keeps what stands on a page for the docs, where `DESKBELL_SCREENSHOTS=1` asks for it; else does nothing. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!wanted()) return;
  await keep(await page.screenshot(QUIET), name);
}

/** The visitor's page, with the console of whoever answers lying before it. */
export async function pictureOfBoth(visitor: Page, agent: Page, name: string): Promise<void> {
  if (!wanted()) return;
  const [back, front] = [await visitor.screenshot(QUIET), await agent.screenshot(QUIET)];
  const table = await visitor.context().newPage();
  await table.setViewportSize({ width: 1600, height: 900 });
  const img = (png: Buffer, style: string) =>
    `<img src="data:image/png;base64,${png.toString("base64")}" style="position:absolute;border-radius:14px;box-shadow:0 2px 6px #0e141826,0 24px 64px -12px #0e141866;${style}">`;
  await table.setContent(
    `<body style="margin:0;background:#e6ebed">${img(back, "right:40px;top:40px;width:1060px")}${img(front, "left:40px;bottom:40px;width:880px")}`,
  );
  await keep(await table.screenshot(QUIET), name);
  await table.close();
}

function wanted(): boolean {
  return process.env.DESKBELL_SCREENSHOTS === "1";
}

/** In 256 colours, which flat surfaces do not show: a third of the bytes, in every clone for ever. */
async function keep(png: Buffer, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await sharp(png)
    .png({ palette: true, quality: 95 })
    .toFile(join(FOLDER, `${name}.png`));
}
