import type { Usage } from "./protocol.ts";

/** Answers "usage" with the memory and processor time of this process, and ends on "stop". */
export function report(stop: () => unknown = () => process.exit(0)): void {
  process.on("message", (asked) => {
    if (asked === "stop") return void stop();
    if (asked !== "usage") return;
    globalThis.gc?.();
    const { rss } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    process.send?.({ type: "usage", memory: rss, cpu: user + system } satisfies Usage);
  });
}
