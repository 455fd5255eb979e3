/**
 * Writes `request-words.ts`: in how many of a thousand requests each word occurs, counted in HWU64's training part.
 * Run with the data's folder: `DESKBELL_DATA=… node server/suggest/make-request-words.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bare, fold } from "./fold.ts";
import { runsOf } from "./runs.ts";

const MIN_TEXTS = 4;
const folder = process.env.DESKBELL_DATA;
if (!folder) throw new Error("Set DESKBELL_DATA to the folder that holds hwu64/queries.jsonl");

const counts = new Map<string, number>();
let texts = 0;
for (const line of readFileSync(join(folder, "hwu64", "queries.jsonl"), "utf8")
  .trim()
  .split("\n")) {
  const { text, split } = JSON.parse(line) as { text: string; split: string };
  if (split !== "train") continue;
  texts++;
  const words = new Set([...runsOf(fold(text))].map((run) => bare(run.text)));
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
}
const kept = [...counts].filter(([, count]) => count >= MIN_TEXTS).sort((one, other) => other[1] - one[1]);
const lines: string[] = [];
let line = "";
for (const [word, count] of kept) {
  const entry = `${word} ${((1000 * count) / texts).toFixed(1)} `;
  if (line.length + entry.length > 100) {
    lines.push(line);
    line = "";
  }
  line += entry;
}
lines.push(line);
writeFileSync(
  new URL("./request-words.ts", import.meta.url),
  `// Made by make-request-words.ts: word counts taken from HWU64 (Liu, Eshghi, Swietojanski, Rieser, "Benchmarking
// Natural Language Understanding Services for building Conversational Agents", 2019), licensed CC BY 4.0
// (https://creativecommons.org/licenses/by/4.0/). Changed: only how many of 1,000 requests hold each word is kept.

/** A word, then in how many of 1,000 requests it occurs; and so on. */
export const REQUEST_WORDS = [
${lines.map((text) => `  ${JSON.stringify(text)},`).join("\n")}
].join("");
`,
);
console.log(`${kept.length} words of ${texts} requests`);
