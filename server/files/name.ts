/** Longest name that is kept, in characters. */
const LENGTH = 120;
const NAMELESS = "file";
const PATHS = /^.*[\\/]/s;
/**
 * Control characters and all that is drawn as nothing or turns what is drawn around: with a bidi override
 * `gpj.exe` looks like `exe.jpg`.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u115F\u1160\u2800\u3164\uFFA0]|\u034F|\u17B4|\u17B5|[\u180B-\u180F]|[\uFE00-\uFE0F]/gu;
/** Not in a file name on Windows. */
const RESERVED = /[<>:"|?*]/g;
/** No letter carries more marks than these in any script. */
const MARKS = /(\p{M}{4})\p{M}+/gu;
/** The last ones are looked for where they begin alone: names come with 80,000 dots in their middle. */
const ENDS = /^[. ]+|(?<![. ])[. ]+$/g;
const EXTENSION = /\.([A-Za-z0-9]{1,10})$/;

/**
 * What somebody called their file, fit to be shown and saved: no path, nothing invisible, not endless, and ending in
 * what it is. `extensions` are those that fit its content; where it bears none of them, the first is appended, so that
 * `photo.jpg` with a page inside is shown as `photo.jpg.html`.
 */
export function cleanName(given: string, extensions: readonly string[]): string {
  const seen = given
    .normalize("NFC")
    .replace(PATHS, "")
    .replace(UNSEEN, "")
    .replace(RESERVED, "_")
    .replace(MARKS, "$1")
    .replace(/\s+/g, " ")
    .replace(ENDS, "");
  const honest = extensions.length === 0 || extensions.includes(extensionOf(seen));
  const [first] = extensions;
  const end = honest ? (EXTENSION.exec(seen)?.[0] ?? "") : `.${first}`;
  const stem = honest ? seen.slice(0, seen.length - end.length) : seen;
  const room = LENGTH - end.length;
  // By characters, not halves of them.
  return ([...stem].slice(0, room).join("").trimEnd() || NAMELESS) + end;
}

/** In lower case and without its dot; empty where there is none. */
export function extensionOf(name: string): string {
  return EXTENSION.exec(name)?.[1]?.toLowerCase() ?? "";
}
