import { holds } from "./holds.ts";

holds("A disk, a file or a clock that fails", {
  "power-cut": 4_000,
  "disk-full": 2_000,
  "read-only": 1_000,
  "sync-error": 1_000,
  "locked-file": 6_000,
  "file-gone": 1_000,
  "flipped-byte": 1_000,
  "restored-backup": 1_000,
  "jumping-clock": 1_000,
});
