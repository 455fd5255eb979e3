import type { Fault } from "../protocol/fault.ts";
import { fault } from "../protocol/faults.ts";
import { lost } from "./connection.ts";
import type { Http, Reach } from "./ports.ts";

/** HTTP over `fetch`, same origin: the session cookie goes along by itself. */
export function createHttp(call: typeof fetch): Http {
  return async (method, path, body, abort) => {
    try {
      const response = await call(path, {
        method,
        credentials: "same-origin",
        headers: body === undefined ? {} : { "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(abort && { signal: abort }),
      });
      if (!response.ok) return { ok: false, fault: await refusal(response) };
      const text = await response.text();
      return { ok: true, value: text ? JSON.parse(text) : undefined };
    } catch {
      return { ok: false, fault: lost() };
    }
  };
}

export function createReach(call: typeof fetch): Reach {
  return (path) =>
    call(path, { cache: "no-store" }).then(
      ({ ok }) => ok,
      () => false,
    );
}

/** A proxy in between may answer without our problem body. */
export async function refusal(response: Response): Promise<Fault> {
  const problem: unknown = await response.json().catch(() => undefined);
  if (typeof problem === "object" && problem !== null && "fault" in problem) return problem.fault as Fault;
  const message = `The server answered ${response.status}`;
  if (response.status === 401) return fault("unauthorized", message);
  if (response.status === 403) return fault("forbidden", message);
  if (response.status === 404) return fault("not-found", message);
  if (response.status === 429) {
    const afterS = Number(response.headers.get("retry-after"));
    return fault("limited", message, afterS > 0 ? { afterMs: afterS * 1_000 } : {});
  }
  return response.status < 500 ? fault("invalid", message) : fault("unavailable", message);
}
