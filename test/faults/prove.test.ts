import { expect, test } from "vitest";
import type { Violation } from "./check.ts";
import { shown } from "./prove.ts";

const LATE: Violation = { rule: "D8", kind: "unseen", says: "v1 sees 3 of 4" };
const HUNG: Violation = { rule: "TRUST", kind: "other", says: "the trial did not come to its end" };
const LOST: Violation = { rule: "D1", kind: "lost", says: "v1's message was acknowledged and is not in the log" };

test("a breakage is found by a rule that it breaks, not by a trial that is merely late or goes wrong in another way", () => {
  expect(shown([LATE, HUNG], ["D1"])).toEqual([]);
  expect(shown([LATE, LOST, HUNG], ["D1"])).toEqual([LOST]);
  expect(shown([LATE], ["D8"])).toEqual([LATE]);
});
