const HAN = /\p{Script=Han}/u;

/** Up to two characters for a face without a photo: the last two of a Han name, else the first of the first and last word. */
export function initials(name: string): string {
  const flat = name.trim();
  if (HAN.test(flat)) return [...flat].slice(-2).join("");
  const words = flat.split(/\s+/);
  const first = [...(words[0] ?? "")][0] ?? "";
  const last = words.length > 1 ? ([...(words.at(-1) ?? "")][0] ?? "") : "";
  return (first + last).toUpperCase();
}

/** How a person is called in a sentence: the given name, or the whole of a Han name. */
export function givenName(name: string): string {
  const flat = name.trim();
  return HAN.test(flat) ? flat : (flat.split(/\s+/)[0] ?? flat);
}
