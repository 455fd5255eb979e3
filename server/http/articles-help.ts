import { type Context, Hono } from "hono";
import { html, raw } from "hono/html";
import { Refusal } from "../../protocol/faults.ts";
import type { PublicArticle } from "../desk/articles-public.ts";
import type { Desk } from "../desk/desk.ts";
import type { Site } from "../desk/sites.ts";
import { nearness } from "../suggest/locales.ts";
import { drawBlocks } from "./articles-help-html.ts";
import { HELP_POLICY, HELP_STYLE } from "./articles-help-style.ts";
import type { HttpEnv } from "./env.ts";

type Html = ReturnType<typeof html>;
type Shelf = Omit<PublicArticle, "body">[];

/** Few words stand on a page beside the article's own. */
const WORDS = {
  en: {
    help: "Help",
    updated: "Updated",
    other: "More",
    none: "No articles yet.",
    missing: "This article is not here.",
  },
  "zh-Hans": { help: "帮助中心", updated: "更新于", other: "其他", none: "暂无文章。", missing: "这篇文章不在这里。" },
  "zh-Hant": { help: "幫助中心", updated: "更新於", other: "其他", none: "尚無文章。", missing: "這篇文章不在這裡。" },
};
const FALLBACK = "en";

/** `/help/:key`: the public articles as plain pages, which need no script. */
export function createHelpRoutes({ articles, sites }: Pick<Desk, "articles" | "sites">): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  const shelfOf = async (c: Context<HttpEnv>, locale: string) => {
    const site = await sites.byPublicKey(c.req.param("key") ?? "");
    const shelf = await articles.shelf(site);
    return page(c, site, locale, wordsFor(locale).help, drawShelf(site, ofLocale(shelf, locale), locale));
  };
  app.get("/:key", (c) => shelfOf(c, preferred(c)));
  app.get("/:key/:locale", (c) => shelfOf(c, c.req.param("locale")));
  app.get("/:key/:locale/:slug", async (c) => {
    const { key, locale, slug } = c.req.param();
    const site = await sites.byPublicKey(key);
    const found = await articles.page(site, locale, slug).catch(notFound);
    if (!found) {
      const { help, missing } = wordsFor(locale);
      return page(
        c,
        site,
        locale,
        missing,
        html`<h1>${missing}</h1><p><a href="${homeOf(site, locale)}">${help}</a></p>`,
        404,
      );
    }
    if ("moved" in found) return c.redirect(found.moved, 301);
    const { article } = found;
    return page(c, site, article.locale, article.title, drawArticle(site, article));
  });
  return app;
}

function drawShelf(site: Site, shelf: Shelf, locale: string): Html {
  const words = wordsFor(locale);
  const categories = Map.groupBy(shelf, (article) => article.category ?? words.other);
  const drawn = [...categories].map(
    ([name, list]) =>
      html`<h2 dir="auto">${name}</h2><ul class="shelf">${list.map(
        ({ url, title }) => html`<li dir="auto"><a href="${url}">${title}</a></li>`,
      )}</ul>`,
  );
  return html`<h1 dir="auto">${site.name} · ${words.help}</h1>${shelf.length === 0 ? html`<p>${words.none}</p>` : drawn}`;
}

function drawArticle(site: Site, { title, category, body, updatedAt, locale }: PublicArticle): Html {
  const words = wordsFor(locale);
  const day = updatedAt.slice(0, 10);
  return html`<nav dir="auto"><a href="${homeOf(site, locale)}">${words.help}</a>${category ? ` / ${category}` : ""}</nav>
<article><h1 dir="auto">${title}</h1><p class="meta">${words.updated} <time datetime="${updatedAt}">${day}</time></p>
${drawBlocks(body)}</article>`;
}

function page(c: Context<HttpEnv>, site: Site, locale: string, title: string, content: Html, status: 200 | 404 = 200) {
  c.header("content-security-policy", HELP_POLICY);
  c.header("cache-control", "no-cache");
  return c.html(
    html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${site.name}</title><style>${raw(HELP_STYLE)}</style></head>
<body><header><a href="${homeOf(site, locale)}">${site.name}</a></header><main>${content}</main></body></html>`,
    status,
  );
}

function homeOf(site: Site, locale: string): string {
  return `/help/${site.publicKey}/${encodeURIComponent(locale)}`;
}

/** What is written in the reader's language; everything, where nothing is. */
function ofLocale(shelf: Shelf, locale: string): Shelf {
  const near = shelf.filter((article) => nearness(article.locale, locale) > 0);
  return near.length > 0 ? near : shelf;
}

function wordsFor(locale: string) {
  const names = Object.keys(WORDS) as (keyof typeof WORDS)[];
  const best = names.reduce((one, other) => (nearness(other, locale) > nearness(one, locale) ? other : one));
  return WORDS[nearness(best, locale) > 0 ? best : FALLBACK];
}

function preferred(c: Context<HttpEnv>): string {
  return /^[A-Za-z-]{2,20}/.exec(c.req.header("accept-language") ?? "")?.[0] ?? FALLBACK;
}

function notFound(error: unknown): undefined {
  if (error instanceof Refusal && error.fault.code === "not-found") return undefined;
  throw error;
}
