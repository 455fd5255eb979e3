import type { Fault, FaultCode } from "./fault.ts";

export type { Fault };

/** What each code tells the client to do next, and its HTTP status. No schema is imported here, so a browser may. */
const CODES = {
  invalid: { retry: "never", status: 400 },
  "too-large": { retry: "never", status: 413 },
  "reused-id": { retry: "never", status: 409 },
  unauthorized: { retry: "renew", status: 401 },
  forbidden: { retry: "never", status: 403 },
  "not-found": { retry: "never", status: 404 },
  stale: { retry: "never", status: 409 },
  limited: { retry: "after", status: 429 },
  unavailable: { retry: "after", status: 503 },
  "unsupported-version": { retry: "reload", status: 426 },
} as const satisfies Record<FaultCode, { retry: Fault["retry"]; status: number }>;

/** Makes a fault; `retry` follows from the code. `after` codes always carry `afterMs`. */
export function fault(
  code: FaultCode,
  message: string,
  more: Partial<Pick<Fault, "afterMs" | "field" | "events">> = {},
): Fault {
  const { retry } = CODES[code];
  const waits = retry === "after" && more.afterMs === undefined ? { afterMs: 1000 } : {};
  return { code, message, retry, ...waits, ...more };
}

/** The HTTP status that goes with a fault. */
export function statusOf({ code }: Pick<Fault, "code">) {
  return CODES[code].status;
}

/** A refusal on its way to the edge. Thrown where a return value cannot reach it (inside a transaction, a handler). */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly fault: Fault;
  constructor(refused: Fault) {
    super(refused.message);
    this.fault = refused;
  }
}

/** Throws a {@link Refusal}: the one way server code says no. */
export function refuse(...args: Parameters<typeof fault>): never {
  throw new Refusal(fault(...args));
}
