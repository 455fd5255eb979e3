import { createHmac, timingSafeEqual } from "node:crypto";
import type { FileCard } from "../../../protocol/index.ts";
import type { FileRow } from "../../store/files.ts";
import { toId } from "../../store/ids.ts";

/** 144 bits: nobody guesses them. */
const SIGNATURE_BYTES = 18;

/**
 * The path of a file, signed: whoever was sent it may fetch it, nobody finds it. It never changes, so that an event reads
 * the same for everybody and at all times (D4, D11); it stops working when the message or the visitor is erased.
 */
export function pathOf(secret: string, uid: Uint8Array): string {
  const id = toId(uid);
  return `/files/${id}/${sign(secret, id).toString("base64url")}`;
}

/** Whether a signature is this file's. Takes the same time wherever it is wrong. */
export function isSigned(secret: string, id: string, signature: string): boolean {
  const given = Buffer.from(signature, "base64url");
  return given.length === SIGNATURE_BYTES && timingSafeEqual(given, sign(secret, id));
}

/** A file as a message shows it. */
export function cardOf(row: FileRow, url: string): FileCard {
  return {
    id: toId(row.sent_as),
    name: row.name,
    type: row.type,
    size: row.size,
    url,
    ...(row.width !== null && { width: row.width }),
    ...(row.height !== null && { height: row.height }),
  };
}

function sign(secret: string, id: string): Buffer {
  return createHmac("sha256", secret).update(id).digest().subarray(0, SIGNATURE_BYTES);
}
