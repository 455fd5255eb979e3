/**
 * A feature is a number: the hash of what kind of token it is and of its characters. Texts that nobody chose can hold any
 * word ("constructor"), and a number cannot be mistaken for a property; it is also half the memory of a string.
 */
export type Feature = number;

/** Kinds of tokens; their weights are in `KIND_WEIGHTS`. The kind is kept in the lowest bits of the feature. */
export const KINDS = {
  stem: 0,
  pair: 1,
  gram: 2,
  char: 3,
  charPair: 4,
  word: 5,
  concept: 6,
} as const;

/** By kind: what one token of it weighs beside a whole word. */
export const KIND_WEIGHTS = [1, 0.3, 1, 1.5, 0.3, 0.9, 2];

const KIND_BITS = 3;
const HASH_BITS = 27;

/** The feature of a token: 27 bits of hash and the kind, small enough for V8 to hold without a heap number. */
export function featureOf(kind: number, token: string): Feature {
  let hash = 0x811c9dc5 ^ kind;
  for (let i = 0; i < token.length; i++) hash = Math.imul(hash ^ token.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  hash ^= hash >>> 12;
  return ((hash >>> (32 - HASH_BITS)) << KIND_BITS) | kind;
}

export function kindOf(feature: Feature): number {
  return feature & ((1 << KIND_BITS) - 1);
}
