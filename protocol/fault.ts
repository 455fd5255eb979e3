import * as v from "valibot";
import { Event } from "./event.ts";

export const FaultCode = v.picklist([
  "invalid",
  "too-large",
  "reused-id",
  "unauthorized",
  "forbidden",
  "not-found",
  "stale",
  "limited",
  "unavailable",
  "unsupported-version",
]);
export type FaultCode = v.InferOutput<typeof FaultCode>;

/** An expected refusal, in one shape everywhere: command replies, `connect_error.data`, HTTP problem bodies. */
export const Fault = v.object({
  code: FaultCode,
  /** For developers: "Cannot post: the conversation is closed". Visitors read sentences from `ui/`. */
  message: v.string(),
  retry: v.picklist(["never", "renew", "after", "reload"]),
  afterMs: v.optional(v.number()),
  field: v.optional(v.string()),
  events: v.optional(v.array(Event)),
});
export type Fault = v.InferOutput<typeof Fault>;
