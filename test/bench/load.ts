import { compare } from "./compare.ts";
import { openCrowd } from "./crowd.ts";
import { quantile } from "./latency.ts";
import { soak } from "./soak.ts";

/*
 * `npm run bench -- load`: the stricter ratios to a bare relay, then many people at once. `--full` with 5,000
 * open widgets and for half an hour; without it a short run that shows the same shape. `--soak [minutes]` is another
 * run: whether memory grows.
 */

const FULL = process.argv.includes("--full");
const WIDGETS = FULL ? 5_000 : 1_000;
const AGENTS = 50;
const TALKING = 500;
const BARS = { throughput: 0.5, addedP50Ms: 0.5, cpu: 2.2, idleMemory: 1.4 };
/** Each with what p99 may be, in milliseconds. */
const PHASES = [
  { rate: 500, seconds: FULL ? 1_800 : 20, ackMs: 100, fanOutMs: 150 },
  { rate: 2_000, seconds: FULL ? 60 : 10, ackMs: 500, fanOutMs: 500 },
];

const asked = process.argv.indexOf("--soak");
if (asked >= 0) await soak(process.argv[asked + 1]);
else {
  await compare(BARS, { idle: WIDGETS, floor: true });
  await rush();
}

async function rush(): Promise<void> {
  const crowd = await openCrowd({ widgets: WIDGETS, talking: TALKING, agents: AGENTS });
  try {
    console.log(`\n${WIDGETS} open widgets, ${TALKING} people talking, ${AGENTS} agents`);
    for (const { rate, seconds, ackMs, fanOutMs } of PHASES) {
      await crowd.measure({ rate, seconds: 5 });
      const before = await crowd.usage();
      const told = await crowd.measure({ rate, seconds });
      const grown = ((await crowd.usage()).memory - before.memory) / 1024 / 1024;
      const [ack, fanOut] = [quantile(told.acks, 0.99), quantile(told.latencies, 0.99)];
      const holds = ack <= ackMs && fanOut <= fanOutMs && told.unseen === 0;
      if (!holds) process.exitCode = 1;
      console.log(
        `${rate} a second for ${seconds} s: ${told.acknowledged} acknowledged, p99 ${ack.toFixed(1)} ms; ` +
          `to agents p99 ${fanOut.toFixed(1)} ms, unseen ${told.unseen}; memory ${grown >= 0 ? "+" : ""}${grown.toFixed(1)} MB   ` +
          `${holds ? "ok" : "MISSED"}`,
      );
    }
  } finally {
    await crowd.close();
  }
}
