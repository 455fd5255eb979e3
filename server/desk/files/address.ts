import { createHmac, timingSafeEqual } from "node:crypto";
import type { FileCard } from "../../../protocol/index.ts";
import type { FileRow } from "../../store/files.ts";
import { toId } from "../../store/ids.ts";

/** 144 bits: nobody guesses them. */
const SIGNATURE_BYTES = 18;
const LIKE_OURS = /(?:^|:\/\/[^/]+)(\/files\/([0-9a-f-]{36})\/([\w-]+))$/;

/**
 * The path of a file, signed: whoever was sent it may fetch it, nobody finds it. It never changes, so that an event reads
 * the same for everybody and at all times (D4, D11); it stops working when the message or the visitor is erased.
 */
export function pathOf(secret: string, uid: Uint8Array): string {
  const id = toId(uid);
  return `/files/${id}/${sign(secret, id)}`;
}

/** What an address says that looks like one of ours, on whatever host this server stood when it was written. */
export function readAddress(address: string): { path: string; id: string; signature: string } | undefined {
  const [, path, id, signature] = LIKE_OURS.exec(address) ?? [];
  return path === undefined || id === undefined || signature === undefined ? undefined : { path, id, signature };
}

/** Whether a signature is this file's, as it was written and in no other way. Takes the same time wherever it is wrong. */
export function isSigned(secret: string, id: string, signature: string): boolean {
  const [given, right] = [Buffer.from(signature), Buffer.from(sign(secret, id))];
  return given.length === right.length && timingSafeEqual(given, right);
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

function sign(secret: string, id: string): string {
  return createHmac("sha256", secret).update(id).digest().subarray(0, SIGNATURE_BYTES).toString("base64url");
}
