import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { clientAddress } from "./address.ts";

const from = (forwarded: string, trusted = 1) =>
  clientAddress(
    { socket: { remoteAddress: "10.0.0.1" }, headers: { "x-forwarded-for": forwarded } } as unknown as IncomingMessage,
    trusted,
  );

test("of what was forwarded as many entries are believed as there are proxies, from the right", () => {
  expect([from("203.0.113.9, 198.51.100.2", 0), from("203.0.113.9, 198.51.100.2"), from("")]).toEqual([
    "10.0.0.1",
    "198.51.100.2",
    "10.0.0.1",
  ]);
  expect(from("203.0.113.9, 198.51.100.2, 10.0.0.7", 2)).toBe("198.51.100.2");
});

test.each([
  ["198.51.100.2:50123", "198.51.100.2"],
  ["[2001:db8:1:2::1]:50123", "2001:db8:1:2::1"],
  ["[::ffff:198.51.100.2]:50123", "::ffff:198.51.100.2"],
  ["2001:db8:1:2::1", "2001:db8:1:2::1"],
  ["::1", "::1"],
])("%s is %s, whichever port a connection comes from", (forwarded, address) => {
  expect(from(forwarded)).toBe(address);
});
