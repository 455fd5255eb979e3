import { Encoder, PacketType } from "socket.io-parser";
import { expect, test } from "vitest";
import { createPackets, packetParser } from "./packets.ts";

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

test("answers and everything else are written as Socket.IO's own parser writes them", () => {
  const [ours, theirs] = [new packetParser.Encoder(), new Encoder()];
  const event = { id: "1", text: "谢谢 \u2028 \ud83d\ude00" };
  const nsp = "/visitor";
  for (const packet of [
    { type: PacketType.ACK, nsp, id: 0, data: [{ ok: true, event }] },
    { type: PacketType.ACK, nsp, id: 7, data: [{ ok: true, event, again: true }] },
    { type: PacketType.ACK, nsp, id: 8, data: [{ ok: true }] },
    { type: PacketType.ACK, nsp, id: 9, data: [{ ok: false, fault: { code: "invalid" } }] },
    { type: PacketType.CONNECT, nsp, data: { sid: "s" } },
    { type: PacketType.CONNECT_ERROR, nsp, data: { message: "no", data: { code: "forbidden" } } },
    { type: PacketType.DISCONNECT, nsp },
  ])
    expect(ours.encode({ ...packet })).toEqual(theirs.encode({ ...packet }));
});
