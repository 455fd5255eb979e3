/*
 * A site owner sets one colour; the eight that the design needs follow from it: fill, text on the fill, readable text and a
 * soft tint, for light and dark. Text reaches 4.5:1 on every surface it may stand on (WCAG 2.2, 1.4.3).
 */

const READABLE = 4.5;
const STEP = 0.02;
const SOFT_LIGHT = 0.11;
const SOFT_DARK = 0.2;
/** Surfaces of `tokens.css`: bg, canvas, raised. */
const LIGHT = ["#ffffff", "#f5f7f8", "#eef2f4"].map(parse);
const DARK = ["#15191c", "#0e1113", "#20272b"].map(parse);
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

type Rgb = readonly [number, number, number];
export type Brand = Record<
  "fill" | "onFill" | "text" | "soft" | "fillDark" | "onFillDark" | "textDark" | "softDark",
  string
>;

/** The eight from `#rrggbb`. */
export function brandOf(colour: string): Brand {
  const fill = parse(colour);
  const soft = mix(LIGHT[0] ?? WHITE, fill, SOFT_LIGHT);
  const softDark = mix(DARK[0] ?? BLACK, fill, SOFT_DARK);
  return {
    fill: colour,
    onFill: write(readableOn(fill)),
    text: write(readable(fill, BLACK, [...LIGHT, soft])),
    soft: write(soft),
    fillDark: colour,
    onFillDark: write(readableOn(fill)),
    textDark: write(readable(fill, WHITE, [...DARK, softDark])),
    softDark: write(softDark),
  };
}

/** Contrast of two `#rrggbb` colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  return ratio(parse(one), parse(other));
}

/** The same hue, towards black or white, until it can be read on all of these. */
function readable(colour: Rgb, towards: Rgb, surfaces: readonly Rgb[]): Rgb {
  for (let part = 0; part < 1; part += STEP) {
    const tried = mix(colour, towards, part);
    if (surfaces.every((surface) => ratio(tried, surface) >= READABLE)) return tried;
  }
  return towards;
}

function readableOn(fill: Rgb): Rgb {
  return ratio(fill, BLACK) > ratio(fill, WHITE) ? BLACK : WHITE;
}

function mix(from: Rgb, to: Rgb, part: number): Rgb {
  const channel = (at: 0 | 1 | 2) => Math.round(from[at] + (to[at] - from[at]) * part);
  return [channel(0), channel(1), channel(2)];
}

function ratio(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function parse(colour: string): Rgb {
  const whole = Number.parseInt(colour.slice(1), 16);
  return [whole >> 16, (whole >> 8) & 255, whole & 255];
}

function write(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
