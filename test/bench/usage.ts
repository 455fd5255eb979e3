import type { Usage } from "./protocol.ts";

/** Answers "usage" and "processor" with what this process takes, and ends on "stop". */
export function report(stop: () => unknown = () => process.exit(0)): void {
  process.on("message", (asked) => {
    if (asked === "stop") return void stop();
    if (asked !== "usage" && asked !== "processor") return;
    if (asked === "usage") globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    process.send?.({ type: "usage", memory: rss, heap: heapUsed, cpu: user + system } satisfies Usage);
  });
}
