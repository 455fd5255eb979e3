import { html } from "hono/html";
import { articlePath, homePath } from "../../desk/articles/help-address.ts";
import { collectionsIn, type HelpShelf } from "../../desk/articles/help-centre.ts";
import {
  type Alternate,
  articleAlternates,
  categoryAlternates,
  collectionAlternates,
  homeAlternates,
} from "./alternates.ts";
import { categoriesIn } from "./categories.ts";
import type { Html } from "./html.ts";
import type { Frame } from "./layout.ts";
import { categoryPath, collectionPath, type Place } from "./place.ts";

/** One map holds no more. */
const MAP_LIMIT = 50_000;
const FEED_LENGTH = 50;

/** The first pages, every shelf, and every public article, each with its translations. */
export function drawSitemap({ canonical }: Place, shelf: HelpShelf): Html {
  const drawUrl = (path: string, alternates: readonly Alternate[], changed: Html | "" = "") => {
    const links = alternates.map(
      (one) => html`<xhtml:link rel="alternate" hreflang="${one.locale}" href="${canonical}${one.path}"/>`,
    );
    return html`<url><loc>${canonical}${path}</loc>${changed}${links.length > 1 ? links : ""}</url>
`;
  };
  const homes = shelf.locales.flatMap((locale) => [
    drawUrl(homePath(locale), homeAlternates(shelf)),
    ...categoriesIn(shelf, locale).map((category) =>
      drawUrl(categoryPath(locale, category.name ?? ""), categoryAlternates(shelf, locale, category)),
    ),
    ...collectionsIn(shelf, locale).map(({ slug }) =>
      drawUrl(collectionPath(locale, slug), collectionAlternates(shelf, slug)),
    ),
  ]);
  const pages = shelf.entries.slice(0, MAP_LIMIT - homes.length).map((entry) => {
    const changed = html`<lastmod>${new Date(entry.updatedAt).toISOString()}</lastmod>`;
    return drawUrl(articlePath(entry), articleAlternates(shelf, entry), changed);
  });
  return html`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${homes}${pages}</urlset>`;
}

/** The newest changes in one language, as Atom. */
export function drawFeed({ place, locale, say }: Frame, { entries }: HelpShelf): Html {
  const { canonical, site } = place;
  const newest = entries
    .filter((entry) => entry.locale === locale)
    .toSorted((a, b) => b.updatedAt - a.updatedAt)
    .slice(0, FEED_LENGTH);
  const home = `${canonical}${homePath(locale)}`;
  return html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locale}">
<title>${site.name} · ${say("help")}</title>
<id>${home}</id>
<link href="${home}"/>
<link rel="self" href="${home}/feed.xml"/>
<updated>${new Date(newest[0]?.updatedAt ?? site.createdAt).toISOString()}</updated>
<author><name>${site.name}</name></author>
${newest.map(
  (
    entry,
  ) => html`<entry><title>${entry.title}</title><id>urn:uuid:${entry.id}</id><link href="${canonical}${articlePath(entry)}"/>
<published>${new Date(entry.createdAt).toISOString()}</published><updated>${new Date(entry.updatedAt).toISOString()}</updated>
<summary>${entry.excerpt}</summary></entry>
`,
)}</feed>`;
}
