import { setTimeout as sleep } from "node:timers/promises";
import type { ServerOptions, ServerProcess } from "./server-process.ts";

/*
 * What a server holds in earnest: resident memory also grows with caches and with a heap that is not swept yet. Preloaded
 * by the server's process (`--import` this file), it sweeps and says what is left whenever it is sent SIGWINCH, which means nothing
 * else to it.
 */

const WORD = "holds bytes: ";
const ANSWERS_WITHIN_MS = 5_000;

/** Options for a server that can be weighed. */
export function weighable(): ServerOptions {
  return { nodeArgs: ["--expose-gc", "--import", import.meta.url], env: { FAULTS_WEIGHED: "1" } };
}

/** How many bytes of heap and buffers the server holds. */
export async function weigh(server: ServerProcess): Promise<number> {
  const before = said(server).length;
  server.signal("SIGWINCH");
  const end = performance.now() + ANSWERS_WITHIN_MS;
  while (said(server).length === before) {
    if (performance.now() > end) throw new Error("The server does not say what it holds");
    await sleep(5);
  }
  return Number(said(server).at(-1)?.slice(WORD.length));
}

function said({ said }: ServerProcess): string[] {
  return said.filter((line) => line.startsWith(WORD));
}

if (process.env.FAULTS_WEIGHED) {
  process.on("SIGWINCH", () => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    console.log(`${WORD}${heapUsed + external}`);
  });
}
