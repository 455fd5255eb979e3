import { hash, verify } from "@node-rs/argon2";

/* Argon2id, in the library's own parameters: 19 MiB, two passes, one lane (OWASP's first choice). */

let nobodys: Promise<string> | undefined;

/** What may be kept of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** Where there is no hash the same work is done, so that the time it takes does not tell who has an account. */
export async function passwordFits(hashed: string | null | undefined, password: string): Promise<boolean> {
  nobodys ??= hash("nobody signs in with this");
  const fits = await verify(hashed ?? (await nobodys), password);
  return fits && typeof hashed === "string";
}

/** Whether nobody has set another password since: each has a salt of its own, so the same hash is the same setting of it. */
export function isStill(hashed: string | null, now: string | null): boolean {
  return Buffer.compare(Buffer.from(hashed ?? ""), Buffer.from(now ?? "")) === 0;
}
