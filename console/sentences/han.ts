const HAN = /[\p{Script=Han}，。：“”]/u;

/** A sentence in Chinese: the space that stands between a character and what is filled in is for Latin names alone. */
export function han(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  let said = parts[0] ?? "";
  values.forEach((value, n) => {
    said = joined(said, `${value}`);
    said = joined(said, parts[n + 1] ?? "");
  });
  return said;
}

/** One space at the joint is dropped where both sides are written without. */
function joined(before: string, after: string): string {
  if (before.endsWith(" ") && HAN.test(before.at(-2) ?? "") && HAN.test([...after][0] ?? ""))
    return before.slice(0, -1) + after;
  if (after.startsWith(" ") && HAN.test([...before].at(-1) ?? "") && HAN.test(after.at(1) ?? ""))
    return before + after.slice(1);
  return before + after;
}
