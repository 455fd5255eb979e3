import type { Page } from "playwright-core";
import sharp from "sharp";

/* What can be told apart on a page by who looks at it: told by its pixels, not by its styles. */

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A page as it looks just now. */
export interface Sight {
  /** The greatest contrast of any two pixels there, 1 to 21. */
  contrast(there: Rect): number;
  /** Whether an edge can be seen in the middle of its left and of its upper side. */
  edged(thing: Rect): boolean;
}

/** What a line or a mark needs to be seen: WCAG 1.4.11. */
export const SEEN = 3;
/** How far beside where it is said to be an edge is looked for, px. */
const BESIDE = 2;
/** Where along a side: what is round has an edge in its middle alone. */
const POINTS = [0.44, 0.5, 0.56];

export async function sightOf(page: Page): Promise<Sight> {
  const png = await page.screenshot({ animations: "disabled", caret: "hide", scale: "css" });
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const light = (x: number, y: number) => {
    const at = (y * info.width + x) * 3;
    const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((channel) => {
      const value = (data[at + channel] ?? 0) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = ({ x, y, width, height }: Rect) => {
    let [darkest, lightest] = [1, 0];
    for (let row = Math.max(0, Math.floor(y)); row < Math.min(info.height, y + height); row++)
      for (let column = Math.max(0, Math.floor(x)); column < Math.min(info.width, x + width); column++) {
        const here = light(column, row);
        [darkest, lightest] = [Math.min(darkest, here), Math.max(lightest, here)];
      }
    return (lightest + 0.05) / (darkest + 0.05);
  };
  return {
    contrast,
    edged: ({ x, y, width, height }) =>
      POINTS.every(
        (part) =>
          contrast({ x: x - BESIDE, y: y + height * part, width: 2 * BESIDE, height: 1 }) >= SEEN &&
          contrast({ x: x + width * part, y: y - BESIDE, width: 1, height: 2 * BESIDE }) >= SEEN,
      ),
  };
}
