import * as v from "valibot";
import { LanguageTag } from "../../../protocol/index.ts";
import { COURTESIES } from "../availability/settings.ts";
import { DEFAULT_FILES, FileSettings } from "../files/limits.ts";
import { Labels, Wordings } from "./words.ts";

/*
 * What people write about a site. A value that is not understood is refused with its field; what is not asked for is
 * ignored.
 */

const ORIGINS_LIMIT = 100;
const NAME_LENGTH = 100;
const GREETING_LENGTH = 200;
const ADDRESS_LENGTH = 2048;
const HOST_LENGTH = 260;

/** `scheme://host[:port]`: an address is cut to its origin only where nothing is lost by it. */
export const Origin = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(ADDRESS_LENGTH),
  v.check(isOrigin, "expected an origin like https://www.example.com, without a path"),
  v.transform((text) => new URL(text).origin),
);

const Origins = v.pipe(
  v.array(Origin),
  v.maxLength(ORIGINS_LIMIT),
  v.transform((origins) => [...new Set(origins)]),
);

const Logo = v.pipe(v.string(), v.url(), v.maxLength(ADDRESS_LENGTH), v.regex(/^https?:/i, "expected http(s)"));

/** `host[:port]`, as in {@link Origin}: the owner's own address of the help centre. */
const Host = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(HOST_LENGTH),
  v.check((text) => isOrigin(`http://${text}`), "expected a host like help.example.com, without a scheme or a path"),
  v.transform((text) => new URL(`http://${text}`).host),
);

const settings = {
  locales: v.pipe(v.array(LanguageTag), v.minLength(1), v.maxLength(50)),
  theme: v.object({
    brand: v.optional(v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{6}$/, "expected a colour like #1f5fd6"))),
    mode: v.optional(v.picklist(["auto", "light", "dark"])),
    position: v.optional(v.picklist(["left", "right"])),
    /** Px from the edges, inline and block, as the tag says it. */
    offset: v.optional(v.pipe(v.string(), v.regex(/^\d{1,3}(,\d{1,3})?$/, "expected px like 20 or 20,88"))),
    /** Whether visitors see agents' photos, where they have one. */
    faces: v.optional(v.picklist(["photos", "initials"])),
  }),
  mode: v.picklist(["self-service", "neutral", "ask-first"]),
  greeting: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(GREETING_LENGTH))),
  labels: v.optional(Labels),
  wording: v.optional(Wordings),
  /** Empty for none. */
  logo: v.optional(v.union([v.literal(""), Logo])),
  /** Where the help centre stands alone, beside `/help/{key}`. Empty for none. */
  helpHost: v.optional(v.union([v.literal(""), Host])),
  /** What people may send beside words. */
  files: FileSettings,
  ...COURTESIES,
};

export const SiteSettings = v.object(settings);
export type SiteSettings = v.InferOutput<typeof SiteSettings>;

export const DEFAULT_SETTINGS: SiteSettings = {
  locales: ["en", "zh-Hans", "zh-Hant"],
  theme: {},
  mode: "neutral",
  files: DEFAULT_FILES,
};

const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(NAME_LENGTH));
const optionalSettings = v.partial(SiteSettings).entries;

export const NewSite = v.object({ name: Name, origins: v.optional(Origins, []), ...optionalSettings });
export type NewSite = v.InferOutput<typeof NewSite>;

export const SiteChange = v.object({ name: v.optional(Name), origins: v.optional(Origins), ...optionalSettings });
export type SiteChange = v.InferOutput<typeof SiteChange>;

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, pathname, search, hash, hostname } = new URL(text);
  const bare = username === "" && password === "" && pathname === "/" && search === "" && hash === "";
  // A star is legal in a host name and would never match: said now rather than wondered at later.
  return (protocol === "http:" || protocol === "https:") && bare && hostname !== "" && !hostname.includes("*");
}
