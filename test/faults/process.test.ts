import { holds } from "./holds.ts";

holds("A process that dies, stops or freezes", {
  "killed-at-random": 5_000,
  "killed-before-answer": 3_000,
  "killed-before-push": 3_000,
  "killed-in-migration": 1_500,
  "rolling-stop": 4_000,
  frozen: 5_000,
  "changed-words": 3_000,
});
