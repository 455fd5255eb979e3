import { holds } from "./holds.ts";

holds("A network that does not do as it should", {
  "bad-line": 6_000,
  "slow-line": 6_000,
  "blocked-upgrade": 4_000,
  offline: 3_000,
  "stopped-client": 4_000,
  herd: 1_000,
  "no-descriptors": 1_000,
  "one-way-loss": 1_000,
  "widget-line": 2_000,
});
