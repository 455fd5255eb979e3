/** They turn around what stands beside them: with one in a name, the sentence about whoever bears it reads as another. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** No script piles more marks on a letter. A hundred would be drawn over the messages above. */
const PILED = /(\p{M}{4})\p{M}+/gu;
const SEEN = /[\p{L}\p{N}\p{S}\p{P}]/u;

/** What somebody called themselves, fit to stand beside our own words; nothing where nothing of it would be seen. */
export function plainName(name: string | undefined): string | undefined {
  const plain = name?.replace(TURNING, "").replace(PILED, "$1").trim();
  return plain && SEEN.test(plain) ? plain : undefined;
}
