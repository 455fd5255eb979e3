import type { Browser } from "playwright-core";
import { picture } from "./picture.ts";

/** A row of the sheet: the states of one look. */
export interface Hung {
  title: string;
  shots: { state: string; png: Buffer }[];
}

/** The sheet's measures, px: as high as a state is drawn, and how many stand in a row. */
const HEIGHT = 400;
const IN_A_ROW = 12;

/** Hangs everything that was shot on one sheet, for the docs. */
export async function hang(browser: Browser, rows: Hung[]): Promise<void> {
  const cell = ({ state, png }: Hung["shots"][number]) =>
    `<figure><img height=${HEIGHT} src="data:image/png;base64,${png.toString("base64")}"><figcaption>${state}</figcaption></figure>`;
  const page = await browser.newPage();
  const width = IN_A_ROW * 256 + 64;
  await page.setViewportSize({ width, height: 800 });
  await page.setContent(
    `<style>
      body { margin: 40px; background: #e6ebed; font: 14px/20px system-ui; color: #0e1418 }
      h2 { margin: 32px 0 16px; font-size: 20px }
      section { display: grid; grid-template-columns: repeat(${IN_A_ROW}, 240px); gap: 16px }
      figure { margin: 0 }
      img { display: block; max-width: 100%; border-radius: 10px; box-shadow: 0 8px 24px -8px #0e141840; object-fit: contain }
      figcaption { margin-top: 6px; color: #4c5a63 }
    </style>${rows.map(({ title, shots }) => `<h2>${title}</h2><section>${shots.map(cell).join("")}</section>`).join("")}`,
  );
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
  await picture(page, "contact-sheet");
  await page.close();
}
