import type { Fault } from "../../protocol/fault.ts";
import { isLost } from "../connection.ts";
import type { Sentences } from "./sentences.ts";

/** Why something was not done. What may happen to anybody is said as it is; the rest after what it was that failed. */
export function saidOf(fault: Fault, t: Sentences, otherwise: (why: string) => string = t.failed): string {
  const why = whyOf(fault, t);
  return fault.code === "limited" || isLost(fault) ? why : otherwise(why);
}

/** A fault in the agent's language, by its code and field. The server's own words only where neither says enough. */
export function whyOf(fault: Fault, t: Sentences): string {
  const { code, field, message } = fault;
  if (code === "limited") return t.limited(Math.ceil((fault.afterMs ?? 1000) / 1000));
  if (isLost(fault)) return t.unreachable;
  const { of, any, unknown } = t.why;
  const known: Readonly<Record<string, string>> = of;
  return known[`${code}.${field}`] ?? (code === "invalid" ? unknown(message) : any[code]);
}
