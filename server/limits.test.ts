import { describe, expect, test } from "vitest";
import { createLimits, networkOf } from "./limits.ts";

describe("a limit", () => {
  test("counts for each apart, and says when to come back", async () => {
    const limits = createLimits(true);
    const guess = (account: string) => limits.take("sign-in-account", account);
    for (let n = 0; n < 10; n++) await guess("ana");
    await expect(guess("ana")).rejects.toMatchObject({
      fault: { code: "limited", retry: "after", afterMs: expect.any(Number) },
    });
    await guess("mei");
  });

  test("does not count what was given back", async () => {
    const limits = createLimits(true);
    for (let n = 0; n < 50; n++) {
      await limits.take("sign-in-account", "ana");
      await limits.giveBack("sign-in-account", "ana");
    }
  });

  test("that is off counts nothing", async () => {
    const limits = createLimits(false);
    for (let n = 0; n < 50; n++) await limits.take("sign-in-account", "ana");
  });
});

test.each([
  ["203.0.113.7", "203.0.113.0/24"],
  ["::ffff:203.0.113.7", "203.0.113.0/24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["", "::/64"],
])("The network of %j is %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
