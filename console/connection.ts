import { type Fault, fault } from "../protocol/faults.ts";

const CONNECTION = "connection";

/** No answer came. */
export function lost(): Fault {
  return fault("unavailable", "No connection", { field: CONNECTION });
}

/** Whether nobody answered; a server that does says of itself what is wrong. */
export function isLost({ code, field }: Fault): boolean {
  return code === "unavailable" && field === CONNECTION;
}
