import type { Desk } from "../desk/desk.ts";

/** How late a question's 72 hours may end. */
const SETTLE_EVERY_MS = 60_000;

/** Settles by the clock what came of questions for which an article was read. Returns the stop. */
export function startReadings(
  desk: Pick<Desk, "readings">,
  log: (error: unknown) => void,
  everyMs = SETTLE_EVERY_MS,
): () => void {
  let running = false;
  const timer = setInterval(async () => {
    if (running) return;
    running = true;
    await desk.readings.settle().catch(log);
    running = false;
  }, everyMs).unref();
  return () => clearInterval(timer);
}
