import * as v from "valibot";
import { Email } from "../../../protocol/command.ts";
import { Role, SiteId } from "../../../protocol/index.ts";
import { PASSWORD_LENGTH } from "../../config.ts";
import { NewSite } from "../sites/site-input.ts";

/* What people write about people. Fields that are not named here are ignored, so none of them promotes anybody. */

// Argon2 reads it all: bounded, so that nobody makes us hash a megabyte.
const PASSWORD_LIMIT = 1000;
const SETTINGS_LENGTH = 8_192;

const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const Address = v.pipe(Email, v.toLowerCase());
const Sites = v.pipe(v.array(SiteId), v.maxLength(1000));

export const Password = v.pipe(
  v.string(),
  v.minLength(PASSWORD_LENGTH, `expected at least ${PASSWORD_LENGTH} characters`),
  v.maxLength(PASSWORD_LIMIT),
);

/** As it was typed at sign-in: rules for new passwords do not apply to it. */
export const TypedPassword = v.pipe(v.string(), v.maxLength(PASSWORD_LIMIT));

export const NewPerson = v.object({
  email: Address,
  name: v.optional(Name),
  role: v.optional(Role, "agent"),
  sites: v.optional(Sites),
  password: v.optional(Password),
});
export type NewPerson = v.InferOutput<typeof NewPerson>;

export const PersonChange = v.object({
  name: v.optional(Name),
  role: v.optional(Role),
  sites: v.optional(Sites),
  password: v.optional(Password),
});
export type PersonChange = v.InferOutput<typeof PersonChange>;

export const ProfileChange = v.object({
  name: v.optional(Name),
  password: v.optional(Password),
  /** Whoever finds a desk unlocked does not thereby take over the account. */
  current: v.optional(TypedPassword),
  settings: v.optional(
    v.pipe(
      v.record(v.string(), v.unknown()),
      v.check((settings) => JSON.stringify(settings).length <= SETTINGS_LENGTH, "expected less than 8 KB"),
    ),
  ),
});
export type ProfileChange = v.InferOutput<typeof ProfileChange>;

export const Acceptance = v.object({ name: v.optional(Name), password: Password });
export type Acceptance = v.InferOutput<typeof Acceptance>;

export const SetUp = v.object({
  setupToken: v.pipe(v.string(), v.maxLength(200)),
  email: Address,
  password: Password,
  name: Name,
  site: NewSite,
});
export type SetUp = v.InferOutput<typeof SetUp>;

export const NewKey = v.object({ name: Name, role: v.optional(Role, "agent"), sites: v.optional(Sites) });
export type NewKey = v.InferOutput<typeof NewKey>;
