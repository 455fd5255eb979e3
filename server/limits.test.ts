import { describe, expect, test } from "vitest";
import { createLimits, networkOf, subscriberOf, takeCommand } from "./limits.ts";

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
    limits.assertRoom("visitor-sockets", 1_000_000);
  });

  test("of what is open at the same time says when to come back", () => {
    const { assertRoom } = createLimits(true);
    assertRoom("visitor-sockets", 19);
    assertRoom("address-sockets", 1_999);
    const limited = { fault: expect.objectContaining({ code: "limited", afterMs: 10_000 }) };
    expect(() => assertRoom("visitor-sockets", 20)).toThrow(expect.objectContaining(limited));
    expect(() => assertRoom("address-sockets", 2_000)).toThrow(expect.objectContaining(limited));
  });

  test("of one visitor takes nothing from their neighbours once it refuses them", async () => {
    const limits = createLimits(true);
    const post = (visitor: string) => takeCommand(limits, { type: "post" }, visitor, "192.0.2.0/24");
    const outcomes = async (visitor: string, times: number) => {
      const tries = await Promise.allSettled(Array.from({ length: times }, () => post(visitor)));
      return tries.filter(({ status }) => status === "fulfilled").length;
    };
    expect(await outcomes("one who floods", 5_000)).toBe(120);
    for (let n = 1; n < 20; n++) expect(await outcomes(`another ${n}`, 120)).toBe(120);
    expect(await outcomes("one more", 120)).toBe(0);
    await takeCommand(limits, { type: "read" }, "one more", "192.0.2.0/24");
    await takeCommand(limits, { type: "post" }, "elsewhere", "198.51.100.0/24");
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

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
])("Whoever has %j has %s", (address, whole) => {
  expect(subscriberOf(address)).toBe(whole);
});
