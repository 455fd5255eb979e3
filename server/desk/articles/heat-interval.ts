/** The quantile of the normal distribution that leaves 2.5 % on either side. */
const Z = 1.959964;

export interface Interval {
  low: number;
  high: number;
}

/**
 * The interval in which a share lies with 95 %: Wilson's score interval (1927), which also holds for few and for shares
 * near 0 and 1.
 */
export function wilson(hits: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = hits / of;
  const square = Z * Z;
  const middle = (share + square / (2 * of)) / (1 + square / of);
  const half = (Z / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
