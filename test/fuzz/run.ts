/**
 * `npm run fuzz -- --count 1000000 --seed 7`: malformed handshakes, packets, requests, Markdown and imports, until so
 * many were tried; `--kinds requests,frames,polls` tries what goes over the wire alone. Ends with 1 where anything threw,
 * answered 5xx, took too long or stayed.
 */
import { parseArgs } from "node:util";
import { fuzz, KINDS, type Kind } from "./fuzz.ts";

const MB = 1024 * 1024;
/** What the heap may have grown by between the first tenth and the end. */
const GROWTH_BYTES = 64 * MB;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000000" },
    seed: { type: "string" },
    kinds: { type: "string", default: KINDS.join() },
  },
});
const kinds = values.kinds.split(",") as Kind[];
const unknown = kinds.filter((kind) => !KINDS.includes(kind));
if (unknown.length > 0) throw new Error(`No kind is called ${unknown.join()}: there are ${KINDS.join()}`);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
console.log(`Seed ${seed}`);
process.on("uncaughtException", (error) => {
  console.error("Uncaught", error);
  process.exit(1);
});

const { tried, answers, findings, seconds, heap } = await fuzz({
  count: Number(values.count),
  seed,
  kinds,
  say: console.log,
});
const total = Object.values(tried).reduce((sum, many) => sum + many, 0);
console.log(`${total} tried in ${seconds.toFixed(0)} s: ${JSON.stringify(tried)}`);
console.log(`Answers: ${JSON.stringify(answers)}`);
console.log(`Heap after a tenth ${(heap.early / MB).toFixed(1)} MB, at the end ${(heap.late / MB).toFixed(1)} MB`);
for (const finding of findings) console.log(finding);
const leaked = heap.late - heap.early > GROWTH_BYTES;
if (leaked) console.log("The heap has grown");
console.log(`${findings.length} findings`);
// Not later, when the engine's last timers have run out.
process.exit(findings.length > 0 || leaked ? 1 : 0);
