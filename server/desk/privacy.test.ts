import { expect, test } from "vitest";
import { startEffort } from "../../test/support/effort.ts";
import { withoutPersonal } from "./privacy.ts";

test("addresses go wherever they stand, begun ones as well, and all else stays", () => {
  expect(withoutPersonal("write to a.b+c@shop.example, (or x@y)")).toBe("write to …, (or …)");
  expect(withoutPersonal("I am mara@")).toBe("I am …");
  expect(withoutPersonal("a@b@c@d")).toBe("…@…");
  expect(withoutPersonal("@shop on the net")).toBe("@shop on the net");
});

test("a word that never ends costs no more than its length", () => {
  const endless = "a".repeat(200_000);
  const effort = startEffort();
  expect(withoutPersonal(`${endless} a@b`)).toBe(`${endless} …`);
  expect(effort()).toBeLessThan(1_000);
});
