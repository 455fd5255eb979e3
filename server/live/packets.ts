import { Encoder, PacketType } from "socket.io-parser";
import * as ws from "ws";

/*
 * A push is the same for everybody who hears it: it is encoded once, and framed for WebSockets once, however many
 * connections it goes to. What is pushed is never changed afterwards, so the object itself is the key.
 */

/** What Socket.IO's clients hand to the engine. */
export interface Encoded {
  packets: string[];
  options: { preEncoded: true; wsPreEncodedFrame?: Buffer[] };
}

/** What `ws` keeps untyped. */
type Frame = (data: Buffer, options: object) => Buffer[];

const frame = (ws as unknown as { Sender?: { frame?: Frame } }).Sender?.frame;
const TEXT = 1;

/** Encodes the events of one namespace, each payload once. */
export function createPackets(nsp: string): (name: string, payload: object) => Encoded {
  const encoder = new Encoder();
  const known = new WeakMap<object, Encoded>();
  return (name, payload) => {
    const before = known.get(payload);
    if (before) return before;
    const packets = encoder.encode({ type: PacketType.EVENT, nsp, data: [name, payload] }) as string[];
    const encoded: Encoded = { packets, options: { preEncoded: true } };
    if (frame) {
      // 4: a message, to the engine.
      const data = Buffer.from(`4${packets.join("")}`);
      const frames = frame(data, { readOnly: false, mask: false, rsv1: false, opcode: TEXT, fin: true });
      encoded.options.wsPreEncodedFrame = [Buffer.concat(frames)];
    }
    known.set(payload, encoded);
    return encoded;
  };
}
