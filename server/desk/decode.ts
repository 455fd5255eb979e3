import * as v from "valibot";
import { COMMAND_BYTES, refuse } from "../../protocol/index.ts";

/** Reads what a client sent by its schema. Refuses with `too-large`, or `invalid` and the field that is wrong. */
export function decode<const S extends v.GenericSchema>(schema: S, raw: unknown): v.InferOutput<S> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return refuse("invalid", "Expected an object");
  if (Buffer.byteLength(textOf(raw)) > COMMAND_BYTES) {
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

function textOf(raw: object): string {
  try {
    return JSON.stringify(raw) ?? "";
  } catch {
    // Nested deeper than anything we know.
    return refuse("invalid", "Cannot read this");
  }
}
