import sharp from "sharp";

/*
 * Pictures are drawn anew: nothing of the bytes that were sent is shown to anybody, and what they told beside the picture
 * (where it was taken, when, with what) is gone. Done by libvips in its own threads, a few at a time.
 */

/** A picture of more pixels is refused before it is unpacked; of all frames together where it moves. */
const PIXELS = 50_000_000;
/** What is larger is made smaller: a screen shows no more. */
const KEPT_PIXELS = 16_000_000;
const WITHIN_S = 20;
/** Each may hold some hundred megabytes while it is drawn. */
const AT_ONCE = 2;
const QUALITY = 82;
/** A face is shown on 64 px at most, on screens of three to one. */
const PHOTO_PX = 192;
/** To write a GIF takes eight times as long as a WebP that moves, for four times the bytes; an AVIF longer still. */
const BECOMES: Readonly<Record<string, string>> = { "image/gif": "image/webp", "image/avif": "image/webp" };

sharp.concurrency(1);
sharp.cache(false);

export interface Picture {
  type: string;
  /** Bytes. */
  size: number;
  width: number;
  height: number;
}

export type Drawn = Picture | "too-large" | "broken";

let running = 0;
const waiting: (() => void)[] = [];

/** Draws a picture of a type in `PICTURES` anew, from one file to another. */
export function redraw(from: string, to: string, type: string): Promise<Drawn> {
  return inTurn(() => draw(from, to, type));
}

/** Draws a face: square, small, upright, around what catches the eye. */
export function redrawPhoto(from: string, to: string): Promise<Drawn> {
  return inTurn(() => drawPhoto(from, to));
}

async function inTurn(act: () => Promise<Drawn>): Promise<Drawn> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await act();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function draw(from: string, to: string, type: string): Promise<Drawn> {
  const moves = type === "image/gif" || type === "image/webp";
  try {
    // Asked without the bound, so that a bomb can be told from a broken file; this reads the head only.
    const told = await sharp(from, { limitInputPixels: false, animated: moves }).metadata();
    if (told.width * told.height > PIXELS) return "too-large";
    const input = sharp(from, { limitInputPixels: PIXELS, animated: moves, sequentialRead: true, failOn: "error" });
    // Upright by what the camera said, before that is forgotten.
    const upright = (told.pages ?? 1) > 1 ? input : input.autoOrient();
    const ratio = Math.sqrt(KEPT_PIXELS / (told.width * told.height));
    const sized =
      ratio < 1 && (told.pages ?? 1) === 1
        ? upright.resize({ width: Math.max(1, Math.floor(told.autoOrient.width * ratio)) })
        : upright;
    const becomes = BECOMES[type] ?? type;
    const encoded =
      becomes === "image/png"
        ? sized.png()
        : becomes === "image/webp"
          ? sized.webp({ quality: QUALITY, effort: moves ? 0 : 4 })
          : sized.jpeg({ quality: QUALITY });
    const made = await encoded.timeout({ seconds: WITHIN_S }).toFile(to);
    return {
      type: becomes,
      size: made.size,
      width: made.width,
      height: made.pageHeight ?? made.height,
    };
  } catch {
    return "broken";
  }
}

async function drawPhoto(from: string, to: string): Promise<Drawn> {
  try {
    const told = await sharp(from, { limitInputPixels: false }).metadata();
    if (told.width * told.height > PIXELS) return "too-large";
    const { size, width, height } = await sharp(from, { limitInputPixels: PIXELS, failOn: "error" })
      .autoOrient()
      .resize(PHOTO_PX, PHOTO_PX, { fit: "cover", position: "attention" })
      .flatten({ background: "#ffffff" })
      .webp({ quality: QUALITY })
      .timeout({ seconds: WITHIN_S })
      .toFile(to);
    return { type: "image/webp", size, width, height };
  } catch {
    return "broken";
  }
}
