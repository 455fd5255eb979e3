/** A Han character says as much as a few letters. */
const HAN_WORTH = "xxx";

/** How much a text says, counted in letters. */
export function lettersOf(text: string): number {
  return [...text.trim().replace(/\p{Script=Han}/gu, HAN_WORTH)].length;
}
