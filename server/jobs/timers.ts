import type { Desk } from "../desk/desk.ts";

/** How late a snoozed conversation may wake. */
const WAKE_EVERY_MS = 1_000;

/** What happens by the clock alone: snoozes end. Returns the stop. */
export function startTimers(desk: Desk, log: (error: unknown) => void, everyMs = WAKE_EVERY_MS): () => void {
  let running = false;
  const timer = setInterval(async () => {
    if (running) return;
    running = true;
    try {
      await desk.asAgent.wake();
    } catch (error) {
      log(error);
    } finally {
      running = false;
    }
  }, everyMs).unref();
  return () => clearInterval(timer);
}
