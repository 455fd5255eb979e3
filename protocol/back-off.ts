/**
 * How long to wait before the next attempt, ms: anywhere up to a ceiling that doubles, so that those who failed together
 * do not come back together. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ ("full jitter")
 */
export function backOff(failures: number, fromMs: number, toMs: number): number {
  return Math.random() * Math.min(fromMs * 2 ** failures, toMs);
}
