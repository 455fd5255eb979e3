import { randomBytes } from "node:crypto";
import { v7 } from "uuid";

/** A new UUIDv7, as text. `at` in milliseconds where time is not now. */
export function mintId<T extends string = string>(at?: number): T {
  return (at === undefined ? v7() : v7({ msecs: at })) as T;
}

/** The 16 bytes that a public id is inside. Whether it is one was checked at the edge. */
export function toBytes(id: string): Uint8Array {
  return Buffer.from(id.replaceAll("-", ""), "hex");
}

/** The public id of 16 bytes. */
export function toId<T extends string = string>(bytes: Uint8Array): T {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join("-") as T;
}

/** A secret of 32 random bytes in base62-like text, behind its prefix: `vt_…`, `ak_…`. */
export function mintSecret(prefix: string): string {
  return prefix + randomBytes(32).toString("base64url").replace(/[-_]/g, "x");
}
