import { readdirSync, readFileSync, statSync } from "node:fs";
import { build } from "vite";

/*
 * `npm run sizes`: what the widget costs a page, in brotli bytes, step by step. Fails over the budget.
 */

const LAUNCHER_LIMIT = 2_000;
const CHAT_LIMIT = 28_000;
const PART_LIMIT = 6_000;
/** Scripts until a chat is open: loader, what Home needs, what talks to a person. */
const STEPS = ["widget", "app", "chat"] as const;
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
print(`\nWhen needed, each at most ${PART_LIMIT} B`);
for (const row of later) print(line(row.name, row));

const [launcher] = steps;
const failures = [
  launcher && launcher.brotli > LAUNCHER_LIMIT && `the launcher is over ${LAUNCHER_LIMIT} B`,
  launcher && staticImports(launcher.file).length > 0 && "the launcher is more than one request",
  chat > CHAT_LIMIT && `the chat is over ${CHAT_LIMIT} B`,
  along.length > 0 && `a step also fetches ${along.join(", ")}`,
  ...later.map((row) => weight(row) > PART_LIMIT && `${row.name} and what it brings is over ${PART_LIMIT} B`),
].filter((failure) => failure !== false);
for (const failure of failures) print(`\nToo much: ${failure}`);
if (failures.length > 0) process.exitCode = 1;

interface Row {
  name: string;
  file: string;
  raw: number;
  brotli: number;
}

/** What travels: the file that the server sends to whoever takes brotli. */
function measure(name: string, file: string): Row {
  return { name, file, raw: sizeOf(file), brotli: sizeOf(`${file}.br`) };
}

function sizeOf(file: string): number {
  return statSync(new URL(file, DIR)).size;
}

/** A part with all that it fetches; the app is there already. */
function weight(row: Row, seen = new Set(steps.map(({ file }) => file))): number {
  if (seen.has(row.file)) return 0;
  seen.add(row.file);
  const brought = rows.filter(({ file }) => staticImports(row.file).some((other) => file.endsWith(other)));
  return brought.reduce((sum, other) => sum + weight(other, seen), row.brotli);
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
