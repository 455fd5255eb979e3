import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brandOf } from "../../../ui/brand.ts";

const STYLES = join(import.meta.dirname, "../../../ui/styles");
const HELP = ["frame", "search", "shelves", "steps", "article", "small"].map((part) => `help-${part}`);
const SHEETS = ["tokens", "base", "prose", ...HELP];
/** The one block of `tokens.css` that dark pages take; here the browser says so, without a script, of screens. */
const DARK = /:host\(\[data-theme="dark"\]\),\s*\[data-theme="dark"\] \{([^}]*)\}/;
const KEPT = 200;

export interface HelpStyle {
  css: string;
  /** Changes with the text. */
  hash: string;
}

/** The one sheet of the help pages, in the site's colour. The parts are read once, the sheets of each colour kept. */
export function createHelpStyles(): (brand: string | undefined) => HelpStyle {
  const [tokens = "", ...others] = SHEETS.map((name) => lean(readFileSync(join(STYLES, `${name}.css`), "utf8")));
  const dark = DARK.exec(tokens)?.[1];
  if (dark === undefined) throw new Error("tokens.css has no dark block");
  const whole = [
    tokens,
    `@layer tokens{@media screen and (prefers-color-scheme: dark){:root{${dark}}}}`,
    ...others,
  ].join("\n");
  const kept = new Map<string, HelpStyle>();
  return (brand = "") => {
    const before = kept.get(brand);
    if (before) return before;
    if (kept.size >= KEPT) kept.clear();
    const css = `${whole}\n${colours(brand)}`;
    const style = { css, hash: createHash("sha256").update(css).digest("base64url").slice(0, 10) };
    kept.set(brand, style);
    return style;
  };
}

function colours(brand: string): string {
  if (brand === "") return "";
  const { fill, onFill, text, soft, fillDark, onFillDark, textDark, softDark } = brandOf(brand);
  const light = { fill, "on-fill": onFill, text, soft };
  const dark = { "fill-dark": fillDark, "on-fill-dark": onFillDark, "text-dark": textDark, "soft-dark": softDark };
  const lines = Object.entries({ ...light, ...dark }).map(([name, value]) => `--db-brand-${name}:${value};`);
  return `@layer tokens{:root{${lines.join("")}}}`;
}

function lean(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
}
