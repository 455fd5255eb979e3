import { html } from "hono/html";

/** Text that was escaped where it had to be. */
export type Html = ReturnType<typeof html>;

/** One of `ui/icons.ts`. */
export function icon(d: string, { size = 20, flip = false } = {}): Html {
  const name = flip ? "ico flip" : "ico";
  return html`<svg class="${name}" width="${size}" height="${size}" viewBox="0 0 24 24" aria-hidden="true"><path d="${d}"/></svg>`;
}
