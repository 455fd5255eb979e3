import type { Usage } from "./protocol.ts";

/**
 * Answers "usage" and "processor" with what this process takes, the latter once `settle` has done what messages left for
 * later: it is theirs. Ends on "stop".
 */
export function report(stop: () => unknown = () => process.exit(0), settle: () => unknown = () => {}): void {
  process.on("message", async (asked) => {
    if (asked === "stop") return void stop();
    if (asked !== "usage" && asked !== "processor") return;
    if (asked === "processor") await settle();
    if (asked === "usage") globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    process.send?.({ type: "usage", memory: rss, heap: heapUsed, cpu: user + system } satisfies Usage);
  });
}
