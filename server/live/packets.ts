import { Decoder, Encoder, type Packet, PacketType } from "socket.io-parser";
import * as ws from "ws";

/*
 * A push is the same for everybody who hears it: its JSON is written once, for visitors, agents and its author's
 * acknowledgement, and framed for WebSockets once for each namespace, however many connections it goes to. What is pushed
 * is never changed afterwards, so the object itself is the key.
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

/** Writes packets as Socket.IO's own parser does, but nothing is searched for binary parts, for we send none. */
class TextPacketEncoder extends Encoder {
  override encode(packet: Packet): string[] {
    const { type, nsp, id, data } = packet;
    if (type === PacketType.ACK) return [`${type}${nsp},${id}${textOfAnswer(data)}`];
    return super.encode(packet) as string[];
  }
}

/** For Socket.IO's `parser`. */
export const packetParser = { Encoder: TextPacketEncoder, Decoder };

const texts = new WeakMap<object, string>();

function textOf(payload: object): string {
  let text = texts.get(payload);
  if (text === undefined) {
    text = JSON.stringify(payload);
    texts.set(payload, text);
  }
  return text;
}

/** Of the usual answer, that something was stored, the event was written for others already. */
function textOfAnswer(data: unknown[]): string {
  const answer = data[0] as { ok: boolean; event?: object } | null | undefined;
  if (data.length === 1 && answer?.ok === true && answer.event && Object.keys(answer).length === 2)
    return `[{"ok":true,"event":${textOf(answer.event)}}]`;
  return JSON.stringify(data);
}

/** Encodes the events of one namespace, each payload once. */
export function createPackets(nsp: string): (name: string, payload: object) => Encoded {
  const known = new WeakMap<object, Encoded>();
  return (name, payload) => {
    const before = known.get(payload);
    if (before) return before;
    const packet = `${PacketType.EVENT}${nsp},["${name}",${textOf(payload)}]`;
    const encoded: Encoded = { packets: [packet], options: { preEncoded: true } };
    if (frame) {
      // 4: a message, to the engine.
      const data = Buffer.from(`4${packet}`);
      const frames = frame(data, { readOnly: false, mask: false, rsv1: false, opcode: TEXT, fin: true });
      encoded.options.wsPreEncodedFrame = [Buffer.concat(frames)];
    }
    known.set(payload, encoded);
    return encoded;
  };
}
