import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";

/*
 * Pictures as they were when somebody last looked at them and found them right. `DESKBELL_REFERENCES=1` takes what is
 * there now for right: look at the differences before it is committed.
 */

/** How far a colour may be from its reference, of 255: edges are smoothed differently from browser to browser. */
export const NEAR = 40;
/** How many pixels may be further away than that. */
export const FEW = 24;

const SETTLES_WITHIN_MS = 3_000;

const FOLDER = join(import.meta.dirname, "references");
const WRONG = join(tmpdir(), "deskbell-pictures");
const RENEW = process.env.DESKBELL_REFERENCES === "1";

/**
 * Compares what `shoot` shows with its reference, for as long as it may still be on its way there; returns what is wrong
 * in one line, or nothing.
 */
export async function wrongWith(name: string, shoot: () => Promise<Buffer>): Promise<string | undefined> {
  const file = join(FOLDER, `${name}.webp`);
  const there = existsSync(file) ? await readFile(file) : undefined;
  const until = performance.now() + SETTLES_WITHIN_MS;
  let png = await shoot();
  let wrong: string | undefined;
  do {
    wrong = there === undefined ? "there is no reference" : await difference(there, png);
    if (wrong === undefined) return;
    const before = png;
    png = await shoot();
    // There is nothing to wait for that it could become: as it stands is how it is.
    if (RENEW && (await difference(before, png)) === undefined) return keep(file, png);
  } while (performance.now() < until);
  const now = join(WRONG, `${name}.webp`);
  await keep(now, png);
  return `${name}: ${wrong}: see ${now}, and where it is right keep it by DESKBELL_REFERENCES=1`;
}

/** How two pictures differ beyond the tolerance, if they do. */
export async function difference(one: Buffer, other: Buffer): Promise<string | undefined> {
  const [a, b] = await Promise.all(
    [one, other].map((image) => sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  if (!a || !b) return "unreadable";
  const size = ({ info }: typeof a) => `${info.width} × ${info.height}`;
  if (size(a) !== size(b)) return `${size(b)} instead of ${size(a)} px`;
  let far = 0;
  let [left, top, right, bottom] = [a.info.width, a.info.height, 0, 0];
  for (let at = 0; at < a.data.length; at += 3) {
    const channels = [0, 1, 2].map((channel) => Math.abs((a.data[at + channel] ?? 0) - (b.data[at + channel] ?? 0)));
    if (Math.max(...channels) <= NEAR) continue;
    far += 1;
    const [x, y] = [(at / 3) % a.info.width, Math.floor(at / 3 / a.info.width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  return far > FEW ? `${far} pixels differ, from ${left},${top} to ${right},${bottom}` : undefined;
}

async function keep(file: string, png: Buffer): Promise<undefined> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, await sharp(png).removeAlpha().webp({ lossless: true, effort: 6 }).toBuffer());
}
