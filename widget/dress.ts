import { type Brand, brandOf } from "../ui/brand.ts";
import type { Door } from "./door.ts";
import type { Theme } from "./http.ts";

export { default as fonts } from "./styles/fonts.css?inline";

/** Puts the owner's wishes on: colour, corner, distances, light or dark. What the page itself says is left as it is. */
export function dress({ surface, options }: Door, { brand, mode, position, offset }: Theme, repaint: () => void) {
  const { dataset, style } = surface;
  if (position && !options.position) dataset.side = position;
  if (offset && options.offset === undefined) {
    const [inline, block = inline] = offset.split(",");
    style.setProperty("--inline", `${inline}px`);
    style.setProperty("--block", `${block}px`);
  }
  if (mode && !options.theme) {
    options.theme = mode;
    repaint();
  }
  if (!brand) return;
  const all: Brand | Record<string, string> = typeof brand === "string" ? brandOf(brand) : brand;
  for (const [name, value] of Object.entries(all))
    style.setProperty(`--db-brand-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value);
}
