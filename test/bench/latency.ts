/** The value below which a share of the measurements lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The middle of a few rounds: one that something else disturbed does not count. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
