import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "vite";

/*
 * `npm run sizes`: what the widget costs a page, in brotli bytes, step by step. Fails over the budget.
 */

const KB = 1000;
const LAUNCHER_LIMIT = 2.5 * KB;
const CHAT_LIMIT = 28 * KB;
/** Scripts until a chat is open: loader, app, socket client. */
const STEPS = ["widget", "app", "socket"] as const;
const DIR = new URL("../dist/widget/", import.meta.url);

if (!process.argv.includes("--built")) await build({ logLevel: "warn" });

const assets = readdirSync(new URL("assets/", DIR)).filter((file) => file.endsWith(".js"));
const rows = [
  measure("widget", "widget.js"),
  ...assets.map((file) => measure(file.replace(/-[\w-]{8}\.js$/, ""), `assets/${file}`)),
];
const steps = STEPS.map((name) => rows.find((row) => row.name === name) ?? missing(name));
const later = rows.filter((row) => !steps.includes(row)).sort((a, b) => b.brotli - a.brotli);
// What a step imports at once is fetched at once.
const along = steps
  .flatMap(({ file }) => staticImports(file))
  .filter((name) => !steps.some(({ file }) => file.endsWith(name)));
const chat = steps.reduce((sum, { brotli }) => sum + brotli, 0);

print("Until the chat is open");
for (const row of steps) print(line(row.name, row));
print(`  ${"together".padEnd(14)}${String(chat).padStart(8)} B brotli of ${CHAT_LIMIT}, ${steps.length} requests`);
print("\nWhen needed");
for (const row of later) print(line(row.name, row));

const failures = [
  steps[0] && steps[0].brotli > LAUNCHER_LIMIT && `the launcher is over ${LAUNCHER_LIMIT} B`,
  chat > CHAT_LIMIT && `the chat is over ${CHAT_LIMIT} B`,
  along.length > 0 && `a step also fetches ${along.join(", ")}`,
].filter((failure) => failure !== false);
for (const failure of failures) print(`\nToo much: ${failure}`);
if (failures.length > 0) process.exitCode = 1;

interface Row {
  name: string;
  file: string;
  raw: number;
  brotli: number;
}

function measure(name: string, file: string): Row {
  const content = readFileSync(new URL(file, DIR));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  return { name, file, raw: content.length, brotli: brotliCompressSync(content, { params }).length };
}

function staticImports(file: string): string[] {
  const text = readFileSync(new URL(file, DIR), "utf8");
  return [...text.matchAll(/(?:from|import)\s*[`"']\.\/([^`"']+)[`"']/g)].map(([, name]) => name ?? "");
}

function line(name: string, { raw, brotli }: Row): string {
  return `  ${name.padEnd(14)}${String(brotli).padStart(8)} B brotli ${String(raw).padStart(8)} B`;
}

function missing(name: string): never {
  throw new Error(`Cannot measure: no chunk named ${name} in dist/widget`);
}

function print(text: string) {
  process.stdout.write(`${text}\n`);
}
