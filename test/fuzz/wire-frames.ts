/* A WebSocket client's frames, right or wrong as they may be. https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */

const NUMBERS = { continuation: 0, text: 1, binary: 2, reserved: 5, close: 8, ping: 9, pong: 10, control: 13 };
export type Opcode = keyof typeof NUMBERS;
export const OPCODES = Object.keys(NUMBERS) as Opcode[];

const SHORT = 126;
const LONG = 65_536;
const MASK = [1, 2, 3, 4];

/** What a client sends, unless told otherwise: whole, masked, without extensions. */
export function frame(
  opcode: Opcode,
  payload: string | Buffer,
  { fin = true, masked = true, reserved = 0 }: { fin?: boolean; masked?: boolean; reserved?: number } = {},
): Buffer {
  const body = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | (reserved << 4) | NUMBERS[opcode];
  const mark = masked ? 0x80 : 0;
  if (!masked) return Buffer.concat([Buffer.from([first]), sizeOf(body.length, mark), body]);
  const hidden = body.map((byte, at) => byte ^ (MASK[at % MASK.length] ?? 0));
  return Buffer.concat([Buffer.from([first]), sizeOf(body.length, mark), Buffer.from(MASK), hidden]);
}

function sizeOf(length: number, mark: number): Buffer {
  if (length < SHORT) return Buffer.from([mark | length]);
  const size = Buffer.alloc(length < LONG ? 3 : 9);
  size[0] = mark | (length < LONG ? SHORT : SHORT + 1);
  if (length < LONG) size.writeUInt16BE(length, 1);
  else size.writeBigUInt64BE(BigInt(length), 1);
  return size;
}

/** Whether among a server's frames, after its answer to the upgrade, is the one that takes leave. */
export function takesLeave(heard: string): boolean {
  const bytes = Buffer.from(heard, "latin1");
  let at = heard.indexOf("\r\n\r\n") + 4;
  if (!heard.startsWith("HTTP/1.1 101 ") || at < 4) return false;
  while (at + 1 < bytes.length) {
    if (((bytes[at] ?? 0) & 0x0f) === NUMBERS.close) return true;
    const size = bytes[at + 1] ?? 0;
    if (size < SHORT) at += 2 + size;
    else if (size === SHORT) at += 4 + (at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : LONG);
    else at += 10 + (at + 10 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 2)) : LONG);
  }
  return false;
}
