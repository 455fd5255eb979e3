import * as v from "valibot";
import { COMMAND_BYTES, refuse } from "../../protocol/index.ts";

/** `\\u0000`. */
const BYTES_A_CHARACTER = 6;
/** No number or word of JSON's own is longer; nor is what stands around a few of them. */
const MARKS = 32;

/** Reads what a client sent by its schema. Refuses with `too-large`, or `invalid` and the field that is wrong. */
export function decode<const S extends v.GenericSchema>(schema: S, raw: unknown): v.InferOutput<S> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return refuse("invalid", "Expected an object");
  if (mayBeLong(raw) && Buffer.byteLength(textOf(raw)) > COMMAND_BYTES) {
    return refuse("too-large", `Expected at most ${COMMAND_BYTES} bytes`);
  }
  const parsed = v.safeParse(schema, raw, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const field = v.getDotPath(issue) ?? undefined;
  return refuse("invalid", field === undefined ? issue.message : `${field}: ${issue.message}`, {
    ...(field !== undefined && { field }),
  });
}

/** Whether it must be measured: anything but a flat object of few words, each character of which takes six bytes at most. */
function mayBeLong(raw: object): boolean {
  let characters = 0;
  for (const [key, value] of Object.entries(raw)) {
    if (typeof value === "object" && value !== null) return true;
    characters += key.length + (typeof value === "string" ? value.length : MARKS);
  }
  return (characters + MARKS) * BYTES_A_CHARACTER > COMMAND_BYTES;
}

function textOf(raw: object): string {
  try {
    return JSON.stringify(raw) ?? "";
  } catch {
    // Nested deeper than anything we know.
    return refuse("invalid", "Cannot read this");
  }
}
