/*
 * A font in which every letter of every script is a bar: what it draws is the same on every machine, whatever fonts that
 * has, and still shows how much is written, how large, how heavy, and in which colour.
 */

/** CSS weight, and how high its bars are, in thousandths of the size. */
const WEIGHTS = [
  [400, 460],
  [500, 540],
  [600, 640],
] as const;

const EM = 1000;
const ASCENT = 900;
const DESCENT = 250;
const BLANK = 1;
const NARROW = 2;
const WIDE = 3;
/** By glyph: how far the pen goes, and the bar's left and right edge. The first stands for what is not listed below. */
const GLYPHS = [
  [490, 35, 455],
  [280, 0, 0],
  [490, 35, 455],
  [1000, 60, 940],
] as const;
/** Letters from, to, and their glyph. */
const LETTERS = [
  [0x20, 0x20, BLANK],
  [0x21, 0x9f, NARROW],
  [0xa0, 0xa0, BLANK],
  [0xa1, 0x10ff, NARROW],
  [0x1100, 0x11ff, WIDE],
  [0x1200, 0x1fff, NARROW],
  [0x2000, 0x200a, BLANK],
  [0x2010, 0x2027, NARROW],
  [0x202f, 0x202f, BLANK],
  [0x2030, 0x2e7f, NARROW],
  [0x2e80, 0x2fff, WIDE],
  [0x3000, 0x3000, BLANK],
  [0x3001, 0xd7ff, WIDE],
  [0xf900, 0xffff, WIDE],
  [0x10000, 0x3ffff, WIDE],
] as const;

/** The family's faces: their CSS weight, and the TrueType file in base64. */
export function barFaces(): { weight: number; file: string }[] {
  return WEIGHTS.map(([weight, height]) => ({ weight, file: face(height).toString("base64") }));
}

function face(height: number): Buffer {
  const outlines = GLYPHS.map(([, left, right]) => (right > left ? bar(left, right, height) : Buffer.alloc(0)));
  let end = 0;
  const starts = [0, ...outlines.map(({ length }) => (end += length))];
  return file({
    "OS/2": os2(),
    cmap: cmap(),
    glyf: Buffer.concat(outlines),
    head: head(height),
    hhea: numbers(1, 0, ASCENT, -DESCENT, 0, EM, 0, 0, EM, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS.length),
    hmtx: Buffer.concat(GLYPHS.map(([advance, left]) => numbers(advance, left))),
    loca: Buffer.concat(starts.map(long)),
    maxp: numbers(1, 0, GLYPHS.length, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    name: name(),
    post: Buffer.concat([long(0x30000), Buffer.alloc(28)]),
  });
}

/** A rectangle on the line, as TrueType draws one. */
function bar(left: number, right: number, height: number): Buffer {
  const box = numbers(1, left, 0, right, height);
  // One contour of four points on the curve, each told from the one before.
  const xs = numbers(left, 0, right - left, 0);
  const ys = numbers(0, height, 0, -height);
  return Buffer.concat([box, numbers(3, 0), Buffer.from([1, 1, 1, 1]), xs, ys]);
}

/** Many letters to one glyph each: format 13. */
function cmap(): Buffer {
  const groups = LETTERS.flatMap((group) => group.map(long));
  const table = [numbers(13, 0), long(16 + LETTERS.length * 12), long(0), long(LETTERS.length), ...groups];
  return Buffer.concat([numbers(0, 1, 3, 10), long(12), ...table]);
}

function head(height: number): Buffer {
  const dates = Buffer.alloc(16);
  return Buffer.concat([
    ...[0x10000, 0x10000, 0, 0x5f0f3cf5].map(long),
    numbers(3, EM),
    dates,
    numbers(0, 0, EM, height, 0, 8, 2, 1, 0),
  ]);
}

function os2(): Buffer {
  const start = numbers(4, 520, 400, 5, 0, 650, 600, 0, 75, 650, 600, 0, 350, 50, 300, 0);
  const middle = Buffer.concat([Buffer.alloc(10), Buffer.alloc(16), Buffer.from("BARS")]);
  const end = numbers(0x40, 0x20, 0x7fff, ASCENT, -DESCENT, 0, ASCENT, DESCENT);
  return Buffer.concat([start, middle, end, Buffer.alloc(8), numbers(500, 700, 0, 32, 0)]);
}

function name(): Buffer {
  const text = Buffer.from("Bars", "utf16le").swap16();
  const ids = [1, 2, 4, 6];
  const records = ids.map((id) => numbers(3, 1, 0x409, id, text.length, 0));
  return Buffer.concat([numbers(0, ids.length, 6 + ids.length * 12), ...records, text]);
}

/** The tables behind their list, each beginning at a multiple of four, in the order of their names. */
function file(tables: Record<string, Buffer>): Buffer {
  const all = Object.entries(tables);
  const power = 2 ** Math.floor(Math.log2(all.length));
  let at = 12 + all.length * 16;
  const list: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [tag, body] of all) {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    list.push(Buffer.concat([Buffer.from(tag.padEnd(4)), long(sum(padded)), long(at), long(body.length)]));
    bodies.push(padded);
    at += padded.length;
  }
  const search = numbers(all.length, power * 16, Math.log2(power), (all.length - power) * 16);
  return Buffer.concat([long(0x10000), search, ...list, ...bodies]);
}

function sum(table: Buffer): number {
  let total = 0;
  for (let at = 0; at < table.length; at += 4) total = (total + table.readUInt32BE(at)) >>> 0;
  return total;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** Numbers of 16 bits each. */
function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [at, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, at * 2);
  return bytes;
}
