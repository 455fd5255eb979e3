import { errors, jwtVerify } from "jose";
import * as v from "valibot";
import { Email } from "../../../protocol/command.ts";
import { refuse } from "../../../protocol/faults.ts";
import { deleteEnded, insertUse, isRevoked } from "../../store/identities.ts";
import type { Db } from "../../store/port.ts";
import type { Site } from "../sites/sites.ts";
import { hashSecret } from "./secrets.ts";

/** A site signs for at most this long, so that a token that leaks is soon worth nothing. */
const AHEAD_S = 60 * 60;
/** Clocks of two servers differ a little. */
const SKEW_S = 10;
const TOKEN_LENGTH = 8192;
const ATTRIBUTES = 50;
const VALUE_LENGTH = 500;

const short = (length: number) => v.optional(v.pipe(v.string(), v.trim(), v.maxLength(length)));

const Claims = v.object({
  sub: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  exp: v.pipe(v.number(), v.finite()),
  jti: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
  name: short(100),
  email: v.optional(Email),
  tier: short(50),
  attributes: v.optional(
    v.pipe(
      v.record(
        v.pipe(v.string(), v.maxLength(100)),
        v.union([v.pipe(v.string(), v.maxLength(VALUE_LENGTH)), v.number(), v.boolean(), v.null()]),
      ),
      v.maxEntries(ATTRIBUTES),
    ),
  ),
});
export type Claims = v.InferOutput<typeof Claims> & {
  /** Names this one identity, so that it can be revoked: by its `jti`, or else by all that was signed. */
  readonly mark: Uint8Array;
};

/**
 * What a site signed about a person: a JWT, HS256 over the site's secret, or the one before while that counts. The
 * algorithm is ours to choose, never the token's, and no key is ever looked for where the token points. Refuses with
 * `unauthorized`; claims that do not fit with `invalid`.
 */
export async function readIdentity(site: Site, identity: string, now: number): Promise<Claims> {
  if (identity.length > TOKEN_LENGTH) refuse("invalid", "Identity is too long", { field: "identity" });
  const payload = await verified(site, identity, now);
  const claims = v.safeParse(Claims, payload);
  if (!claims.success) {
    const issue = claims.issues[0];
    return refuse("invalid", `Identity: ${issue.message}`, { field: `identity.${v.getDotPath(issue) ?? ""}` });
  }
  if (claims.output.exp > now / 1000 + AHEAD_S + SKEW_S) {
    refuse("unauthorized", "Identity lasts too long: exp is at most 1 h ahead", { field: "identity" });
  }
  return { ...claims.output, mark: markOf(claims.output.jti, identity) };
}

/** Remembers which identity brought a visitor's token, for their logout; refuses one that was logged out. */
export async function useIdentity(db: Db, site: Site, claims: Claims, token: string, now: number): Promise<void> {
  if (await isRevoked(db, site.key, claims.mark)) {
    refuse("unauthorized", "Identity was logged out", { field: "identity" });
  }
  await deleteEnded(db, now);
  await insertUse(db, hashSecret(token), claims.mark, Math.ceil((claims.exp + SKEW_S) * 1000));
}

async function verified(site: Site, identity: string, now: number): Promise<unknown> {
  const { secret, former } = site;
  const secrets = former && former.until > now ? [secret, former.secret] : [secret];
  let why = "was not signed by this site";
  for (const one of secrets) {
    try {
      const key = new TextEncoder().encode(one);
      const { payload } = await jwtVerify(identity, key, { algorithms: ["HS256"], currentDate: new Date(now) });
      return payload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      if (error instanceof errors.JWTExpired) why = "has expired";
    }
  }
  return refuse("unauthorized", `Identity ${why}`, { field: "identity" });
}

/** Without a `jti`, what was signed: the signature itself can be written in several ways. */
function markOf(jti: string | undefined, identity: string): Uint8Array {
  return hashSecret(jti === undefined ? identity.slice(0, identity.lastIndexOf(".")) : `jti ${jti}`);
}
