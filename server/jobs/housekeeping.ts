import type { Desk } from "../desk/desk.ts";

const EVERY_MS = 60_000;

/** What has a minute's time: questions whose 72 hours are over, files that an erasure left unclean. Returns the stop. */
export function startHousekeeping(
  desk: Pick<Desk, "readings" | "erasure" | "files" | "sessions">,
  log: (error: unknown) => void,
  everyMs = EVERY_MS,
): () => void {
  let running = false;
  const timer = setInterval(async () => {
    if (running) return;
    running = true;
    await desk.readings.settle().catch(log);
    await desk.erasure.finish().catch(log);
    await desk.files.sweep().catch(log);
    await desk.sessions.tidy().catch(log);
    running = false;
  }, everyMs).unref();
  return () => clearInterval(timer);
}
