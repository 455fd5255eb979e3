import { LINK_PROTOCOLS } from "../../../protocol/rich-text.ts";

/** Where a link of an article leads, if it leads to another article. */
export interface ArticleLink {
  article: string;
  /** A heading in it, without `#`. */
  anchor?: string;
}

/** Knows the articles of a site: given an address as it stands in Markdown, which one it means. */
export type ResolveLink = (href: string) => ArticleLink | undefined;

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
/** What browsers skip inside an address, and so what hides a scheme from a naive look at it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const SKIPPED = /[\u0000-\u0020\u007F-\u00A0\u200B-\u200F\u2028-\u202F\u2060-\u206F\uFEFF]/g;
/** Spaces at the ends; those within are looked at once. */
const ENDS = /^(?:%20)+|(?<!%20)(?:%20)+$/g;
const LONGEST = 4_000;

/** An address that may stand in a link, in its normal form (hosts in punycode); nothing for a relative or a dangerous one. */
export function safeAddress(href: string): string | undefined {
  const text = href.replace(SKIPPED, (char) => (char === " " ? "%20" : "")).replace(ENDS, "");
  if (text.length > LONGEST) return undefined;
  const whole = text.startsWith("//") ? `https:${text}` : text;
  const scheme = SCHEME.exec(whole)?.[1]?.toLowerCase();
  if (!scheme || !LINK_PROTOCOLS.some((protocol) => protocol === `${scheme}:`)) return undefined;
  try {
    return new URL(whole).href;
  } catch {
    return undefined;
  }
}

/** An image that may be shown. */
export function safeImage(src: string): string | undefined {
  const address = safeAddress(src);
  return address && /^https?:/i.test(address) ? address : undefined;
}

/** `foo` of `#foo`, decoded; nothing for another address. An empty one leads nowhere. */
export function anchorOf(href: string): string | undefined {
  if (!href.startsWith("#")) return undefined;
  return decode(href.slice(1)).trim();
}

export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
