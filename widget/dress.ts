import { type Brand, brandOf } from "../ui/brand.ts";

export { default as fonts } from "./styles/fonts.css?inline";

/** The owner's colour: one, or the eight that follow from it. */
export function dress(surface: HTMLElement, brand: string | Record<string, string>) {
  const all: Brand | Record<string, string> = typeof brand === "string" ? brandOf(brand) : brand;
  for (const [name, value] of Object.entries(all))
    surface.style.setProperty(`--db-brand-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value);
}
