import { articlePath, homePath } from "../../desk/articles/help-address.ts";
import type { HelpEntry } from "../../desk/articles/help-centre.ts";
import type { Frame } from "./layout.ts";

/* What search engines read: schema.org, as JSON-LD. */

const CONTEXT = "https://schema.org";
/** Longer headlines are cut there anyhow. */
const HEADLINE_LENGTH = 110;

export function siteData({ place, locale, say }: Frame): object {
  const url = `${place.canonical}${homePath(locale)}`;
  return {
    "@context": CONTEXT,
    "@type": "WebSite",
    name: `${place.site.name} · ${say("help")}`,
    url,
    inLanguage: locale,
    potentialAction: {
      "@type": "SearchAction",
      target: `${url}?q={search_term_string}`,
      "query-input": "required name=search_term_string",
    },
  };
}

export function articleData({ place }: Frame, entry: HelpEntry): object {
  const url = `${place.canonical}${articlePath(entry)}`;
  return {
    "@context": CONTEXT,
    "@type": "TechArticle",
    headline: entry.title.slice(0, HEADLINE_LENGTH),
    description: entry.excerpt,
    inLanguage: entry.locale,
    datePublished: new Date(entry.createdAt).toISOString(),
    dateModified: new Date(entry.updatedAt).toISOString(),
    mainEntityOfPage: url,
    url,
    ...(entry.category && { articleSection: entry.category }),
    publisher: { "@type": "Organization", name: place.site.name },
  };
}

/** Articles in an order. */
export function listData({ place }: Frame, name: string, entries: readonly HelpEntry[]): object {
  return {
    "@context": CONTEXT,
    "@type": "ItemList",
    name,
    itemListElement: entries.map((entry, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name: entry.title,
      url: `${place.canonical}${articlePath(entry)}`,
    })),
  };
}

/** The way to a page, the home first. */
export function breadcrumbData(
  { place, locale, say }: Frame,
  trail: readonly { name: string; path: string }[],
): object {
  const steps = [{ name: say("help"), path: homePath(locale) }, ...trail];
  return {
    "@context": CONTEXT,
    "@type": "BreadcrumbList",
    itemListElement: steps.map(({ name, path }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name,
      item: `${place.canonical}${path}`,
    })),
  };
}
