import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";

/** What Prometheus is told. Labels hold few values: never an id, an address or a path somebody chose. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Counter<"method" | "status">;
  /** `by` is visitor or agent; `outcome` is `ok`, `again` or the fault's code. */
  readonly commands: Counter<"by" | "outcome">;
  readonly connections: Gauge<"of">;
  /** Handshakes of clients that had heard more than the log holds. */
  readonly ahead: Counter<never>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter<L>({ name: `deskbell_${name}`, help, labelNames, registers });
  return {
    registry,
    requests: counter("http_requests_total", "HTTP requests answered", ["method", "status"]),
    commands: counter("commands_total", "Commands answered", ["by", "outcome"]),
    ahead: counter("clients_ahead_of_log_total", "Clients that knew more than the log, in its own epoch", []),
    connections: new Gauge({
      name: "deskbell_connections",
      help: "Open sockets",
      labelNames: ["of"],
      registers,
    }),
  };
}
