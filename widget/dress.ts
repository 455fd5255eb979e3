import { type Brand, brandOf } from "../ui/brand.ts";
import type { Door } from "./door.ts";
import type { Theme } from "./http.ts";

export { default as fonts } from "./styles/fonts.css?inline";

/** No photo is fetched that is not seen: they are lazy, and have no box then. */
const INITIALS = ".avatar img { display: none }";

/** Puts the owner's wishes on: colour, corner, distances, light or dark. What the page itself says is left as it is. */
export function dress({ root, surface, launcher, options }: Door, theme: Theme, repaint: () => void) {
  const { brand, mode, position, offset, label, faces } = theme;
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
  if (label && options.label === undefined) {
    options.label = label;
    launcher.prepend(`${label}\u2003`);
  }
  if (faces === "initials") {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(INITIALS);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
  if (!brand) return;
  // What the tag said of it was for as long as nobody knew.
  launcher.style.background = "";
  const all: Brand | Record<string, string> = typeof brand === "string" ? brandOf(brand) : brand;
  for (const [name, value] of Object.entries(all))
    style.setProperty(`--db-brand-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value);
}
