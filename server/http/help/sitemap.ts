import { html } from "hono/html";
import { articlePath, homePath } from "../../desk/articles/help-address.ts";
import type { HelpEntry, HelpShelf } from "../../desk/articles/help-centre.ts";
import { collectionsIn } from "../../desk/articles/help-collections.ts";
import {
  type Alternate,
  articleAlternates,
  categoryAlternates,
  collectionAlternates,
  homeAlternates,
} from "./alternates.ts";
import { categoriesIn } from "./categories.ts";
import type { Html } from "./html.ts";
import { categoryPath, collectionPath, type Place } from "./place.ts";

/* What search engines are told of, after sitemaps.org: one map where it is small, else an index of maps. */

/** Articles of one map. The protocol allows 50,000; but a map is drawn in one piece, and others wait meanwhile. */
const PART_LENGTH = 1_000;
const HEAD = html`<?xml version="1.0" encoding="utf-8"?>
`;

const parts = new WeakMap<HelpShelf, readonly (readonly HelpEntry[])[]>();

/** The first pages, every shelf and every public article, each with its translations; or where the maps of them stand. */
export function drawSitemap(place: Place, shelf: HelpShelf): Html {
  if (shelf.entries.length <= PART_LENGTH)
    return drawUrls(place, shelf, [...shelvesOf(shelf), ...shelf.entries.map(toUrl)]);
  const drawPart = (number: number, changed: Html | "") =>
    html`<sitemap><loc>${place.canonical}/sitemap-${number}.xml</loc>${changed}</sitemap>
`;
  return html`${HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${drawPart(1, "")}${partsOf(shelf).map((entries, place) =>
  drawPart(place + 2, drawChanged(Math.max(...entries.map(({ updatedAt }) => updatedAt)))),
)}</sitemapindex>`;
}

/** How to draw one map of a large help centre, from 1: the first pages and shelves, then the articles. Undefined where there is none. */
export function sitemapPart(place: Place, shelf: HelpShelf, number: number): (() => Html) | undefined {
  if (shelf.entries.length <= PART_LENGTH) return undefined;
  if (number === 1) return () => drawUrls(place, shelf, shelvesOf(shelf));
  const entries = partsOf(shelf)[number - 2];
  return entries && (() => drawUrls(place, shelf, entries.map(toUrl)));
}

interface Url {
  path: string;
  alternates(shelf: HelpShelf): readonly Alternate[];
  updatedAt?: number;
}

/** By age, so that a new article changes the last map alone. Worked out once for a shelf. */
function partsOf(shelf: HelpShelf): readonly (readonly HelpEntry[])[] {
  const known = parts.get(shelf);
  if (known) return known;
  const byAge = shelf.entries.toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const made = [...Map.groupBy(byAge, (_, place) => Math.floor(place / PART_LENGTH)).values()];
  parts.set(shelf, made);
  return made;
}

function shelvesOf(shelf: HelpShelf): Url[] {
  return shelf.locales.flatMap((locale) => [
    { path: homePath(locale), alternates: homeAlternates },
    ...categoriesIn(shelf, locale).map((category) => ({
      path: categoryPath(locale, category.name ?? ""),
      alternates: () => categoryAlternates(shelf, locale, category),
    })),
    ...collectionsIn(shelf, locale).map(({ slug }) => ({
      path: collectionPath(locale, slug),
      alternates: () => collectionAlternates(shelf, locale, slug),
    })),
  ]);
}

function toUrl(entry: HelpEntry): Url {
  const { updatedAt } = entry;
  return { path: articlePath(entry), alternates: (shelf) => articleAlternates(shelf, entry), updatedAt };
}

function drawUrls({ canonical }: Place, shelf: HelpShelf, urls: readonly Url[]): Html {
  const drawn = urls.map(({ path, alternates, updatedAt }) => {
    const links = alternates(shelf).map(
      (one) => html`<xhtml:link rel="alternate" hreflang="${one.locale}" href="${canonical}${one.path}"/>`,
    );
    const changed = updatedAt === undefined ? "" : drawChanged(updatedAt);
    return html`<url><loc>${canonical}${path}</loc>${changed}${links.length > 1 ? links : ""}</url>
`;
  });
  return html`${HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${drawn}</urlset>`;
}

function drawChanged(updatedAt: number): Html {
  return html`<lastmod>${new Date(updatedAt).toISOString()}</lastmod>`;
}
