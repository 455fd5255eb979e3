/** A generator of its own, so that a training can be repeated. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Random numbers around nothing, of a standard deviation. */
export function scattered(length: number, deviation: number, random: () => number): Float32Array {
  const most = deviation * Math.sqrt(3);
  return Float32Array.from({ length }, () => (2 * random() - 1) * most);
}

/** Puts a list into another order, each as likely as any (Fisher, Yates, 1938; Durstenfeld, 1964). */
export function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const other = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = other;
  }
}
