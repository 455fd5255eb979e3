/**
 * Writes `simplified.ts`: every Traditional character beside its Simplified one, taken from OpenCC's tables.
 * Run after an update of opencc-js: `node server/suggest/make-simplified.ts`.
 */
import { writeFileSync } from "node:fs";
import { Converter } from "opencc-js/t2cn";

const HAN = [
  [0x3400, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x2a6df],
] as const;
/** Tried in turn; Hong Kong's and Taiwan's own forms are not in the general table. */
const converters = (["t", "hk", "tw"] as const).map((from) => Converter({ from, to: "cn" }));

/** "You" to a woman, which OpenCC leaves. */
const traditional: string[] = ["妳"];
const simplified: string[] = ["你"];
for (const [from, to] of HAN) {
  for (let code = from; code <= to; code++) {
    const char = String.fromCodePoint(code);
    const other = converters.map((convert) => convert(char)).find((to) => to !== char);
    if (other === undefined || [...other].length !== 1) continue;
    traditional.push(char);
    simplified.push(other);
  }
}

// What Simplified itself uses stays: to the general table 么 is also a Traditional character, with 幺 as its Simplified one,
// but in modern text it is what 麼 becomes.
const used = new Set(simplified);
const kept = [...traditional.keys()].filter((i) => !used.has(traditional[i] ?? ""));
const pick = (chars: string[]) => wrap(kept.map((i) => chars[i] ?? ""));

const wrap = (chars: string[]) =>
  chars
    .join("")
    .match(/.{1,100}/gu)
    ?.map((line) => `  "${line}",`)
    .join("\n");
writeFileSync(
  new URL("./simplified.ts", import.meta.url),
  `// Made by make-simplified.ts from OpenCC's character tables (opencc-js, MIT; data by BYVoid, Apache-2.0).

/** Characters that Simplified Chinese writes otherwise, in the order of \`SIMPLIFIED\`. */
export const TRADITIONAL = [
${pick(traditional)}
].join("");

export const SIMPLIFIED = [
${pick(simplified)}
].join("");
`,
);
console.log(`${kept.length} characters`);
