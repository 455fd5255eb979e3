import { slugFrom } from "../../desk/articles/articles-input.ts";
import { helpAddress, homePath } from "../../desk/articles/help-address.ts";
import type { Site } from "../../desk/sites/sites.ts";

/** Where the pages of one site stand: below `/help/{key}`, or alone on the owner's own host. */
export interface Place {
  site: Site;
  /** What paths begin with here; empty on the owner's host. */
  base: string;
  /** The whole address that search engines should know, whichever was asked: without a slash at the end. */
  canonical: string;
}

/** The place that a request asked for. `home` is this server's own address. */
export function placeOf(site: Site, base: string, home: string): Place {
  return { site, base, canonical: helpAddress(site, home) };
}

export function categoryPath(locale: string, category: string): string {
  return `${homePath(locale)}/c/${encodeURIComponent(categorySlug(category))}`;
}

export function collectionPath(locale: string, slug: string): string {
  return `${homePath(locale)}/collections/${encodeURIComponent(slug)}`;
}

/** A category's part of an address. */
export function categorySlug(category: string): string {
  return slugFrom(category) || "-";
}
