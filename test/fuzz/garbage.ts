import fc from "fast-check";
import { mintId } from "../../server/store/ids.ts";

/* What programs send that were written in a hurry, or in anger: near misses of what is asked for, and nothing like it. */

const KEYS = [
  "type",
  "conversation",
  "id",
  "text",
  "seq",
  "after",
  "limit",
  "stream",
  "episode",
  "solved",
  "email",
  "name",
];
const ODD_KEYS = ["__proto__", "constructor", "toString", "length", "then", "toJSON", "", "\u0000", "a.b", "0"];
const TYPES = [
  "post",
  "read",
  "resolve",
  "rate",
  "contact",
  "sync",
  "open",
  "leave",
  "note",
  "assign",
  "snooze",
  "tag",
];
const ODD_TEXT = [
  "\ud800",
  "\u0000",
  "\u202e",
  "x".repeat(12_000),
  "{}",
  "null",
  "-1",
  "1e999",
  "' or 1=1--",
  "../../etc",
  "%00",
  "😀",
];

const oddText = fc.oneof(
  fc.constantFrom(...ODD_TEXT),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(...TYPES),
  // Minted at every turn, and still the same for the same seed: what matters is its shape.
  fc.nat().map((n) => `01a20c50-0000-7000-8000-${n.toString(16).padStart(12, "0")}`),
);
const oddNumber = fc.oneof(
  fc.constantFrom(0, -1, 1.5, 2 ** 53, -(2 ** 53), Number.MAX_VALUE, 1e-320, 2 ** 31, 255),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Anything that JSON can say, mostly of the keys that commands and bodies have. */
export const anything: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    oddText,
    oddNumber,
    fc.constantFrom<unknown>(null, true, false, [], {}),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.constantFrom(...KEYS, ...ODD_KEYS), tie("value")), { maxLength: 6 })
      .map((entries) =>
        JSON.parse(`{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v ?? null)}`).join(",")}}`),
      ),
  ),
})).value;

/** A valid object with one or two of its places spoiled. */
export function spoiled(valid: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const keys = Object.keys(valid);
  const place = fc.constantFrom(...keys, ...ODD_KEYS);
  return fc.array(fc.tuple(place, anything), { minLength: 1, maxLength: 2 }).map((changes) => {
    const text = JSON.stringify(valid).slice(0, -1);
    const more = changes.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value ?? null)}`);
    return JSON.parse(`${text}${keys.length > 0 ? "," : ""}${more.join(",")}}`);
  });
}

/** Commands as they should be, of both sides: to be spoiled. */
export function commands(conversation: string, site: string): Record<string, unknown>[] {
  const id = mintId();
  return [
    {
      type: "post",
      conversation,
      id,
      text: "Hello",
      seen: 0,
      page: { url: "https://shop.example", title: "x" },
      asked: { q: "x", shown: [] },
    },
    { type: "read", conversation, seq: 1 },
    { type: "resolve", conversation },
    { type: "reopen", conversation },
    { type: "rate", conversation, episode: 1, solved: true, rating: 5, reasons: [], comment: "x" },
    { type: "contact", name: "Vera", email: "vera@example.com" },
    { type: "sync", conversation, stream: "talk", after: 0, limit: 10 },
    { type: "inbox", site, view: "all", query: "x", limit: 5 },
    { type: "open", conversation },
    { type: "leave", conversation },
    { type: "note", conversation, id, text: "x", mentions: [] },
    { type: "assign", conversation, agent: null, was: null },
    { type: "snooze", conversation, until: "2099-01-01T00:00:00.000Z" },
    { type: "tag", conversation, add: ["x"], remove: ["y"] },
    { type: "edit", conversation, target: 1, text: "x" },
    { type: "redact", conversation, target: 1 },
  ];
}

/** Bytes of a text, a few of them cut, doubled or turned. */
export function mutated(texts: readonly string[]): fc.Arbitrary<string> {
  const cut = fc.tuple(fc.nat(), fc.nat({ max: 400 }), fc.constantFrom("cut", "double", "swap", "insert"), oddText);
  return fc.tuple(fc.constantFrom(...texts), fc.array(cut, { minLength: 1, maxLength: 6 })).map(([text, changes]) => {
    let now = text;
    for (const [at, length, how, odd] of changes) {
      const start = now.length === 0 ? 0 : at % now.length;
      const part = now.slice(start, start + length);
      const rest = now.slice(start + part.length);
      const middle = { cut: "", double: part + part, swap: [...part].reverse().join(""), insert: odd + part }[how];
      now = (now.slice(0, start) + middle + rest).slice(0, 60_000);
    }
    return now;
  });
}
