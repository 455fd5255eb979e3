import { expect, test } from "vitest";
import { createPackets } from "./packets.ts";

test("what goes to many is encoded once, and framed for WebSockets as they read it", () => {
  const encoded = createPackets("/visitor");
  const payload = { type: "availability", text: "谢谢" };
  const once = encoded("pulse", payload);
  expect(encoded("pulse", payload)).toBe(once);
  expect(encoded("pulse", { ...payload })).not.toBe(once);
  expect(once.packets).toEqual([`2/visitor,${JSON.stringify(["pulse", payload])}`]);
  const [frame] = once.options.wsPreEncodedFrame ?? [];
  const text = `4${once.packets[0]}`;
  // A last text frame, unmasked, its length in one byte: below 126 bytes.
  expect(frame).toEqual(Buffer.concat([Buffer.from([0x81, Buffer.byteLength(text)]), Buffer.from(text)]));
});
