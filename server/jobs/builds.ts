import type { FormerBuilds } from "../files/former-builds.ts";

const EVERY_MS = 12 * 60 * 60 * 1000;

/**
 * Keeps the widget's files, now and twice a day, so that a build's weeks begin when it ends. Returns the stop, which
 * resolves once nothing is written any more.
 */
export function startBuilds(
  builds: Pick<FormerBuilds, "keep">,
  log: (error: unknown) => void,
  everyMs = EVERY_MS,
): () => Promise<void> {
  let kept = Promise.resolve();
  const keep = () => {
    kept = kept.then(() => builds.keep()).catch(log);
  };
  keep();
  const timer = setInterval(keep, everyMs).unref();
  return () => {
    clearInterval(timer);
    return kept;
  };
}
