import type { Fault } from "../../protocol/fault.ts";
import { isLost } from "../connection.ts";
import type { Sentences } from "./sentences.ts";

/** Why something was not done. What may happen to anybody is said in their language; the rest in the server's words. */
export function saidOf(fault: Fault, t: Sentences, otherwise: (why: string) => string = t.failed): string {
  if (fault.code === "limited") return t.limited(Math.ceil((fault.afterMs ?? 1000) / 1000));
  if (isLost(fault)) return t.unreachable;
  return otherwise(fault.message);
}
