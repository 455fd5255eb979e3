import { posix } from "node:path";
import * as store from "../../store/articles.ts";
import { toId } from "../../store/ids.ts";
import type { Db } from "../../store/port.ts";
import { siteByKey } from "../../store/sites.ts";
import { type ArticleLink, decode, type ResolveLink } from "../markdown/markdown-links.ts";
import type { SiteSettings } from "../sites/site-input.ts";

/** Where the article stands whose links are followed. */
export interface Standing {
  site: number;
  locale: string;
  /** The file it was imported from, if it was. */
  source: string | null;
}

const SOURCE_ID = /\/articles\/(\d{3,})/;
const HELP_PAGE = /(?:^|\/)help\/pk_\w+\/([\w-]+)\/([^/?#]+)$/;
/** An address on some host, below it a language and a slug. */
const HOSTED = /^(?:https?:)?\/\/([^/]+)\/([\w-]+)\/([^/?#]+)$/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:|^\/\//i;
/** Folders of another root that may stand before a path, as in `/cn.zh-CN/…`. */
const FOREIGN_FOLDERS = 3;

/**
 * Looks up which of an article's addresses mean articles of the same site: files beside it (`../a.md`), files from the
 * root, pages of our own help centre (on its own host too), another article's slug, and ids of the help centre it came from.
 * `dangling` says that some look like one and are nowhere.
 */
export async function followLinks(db: Db, standing: Standing, hrefs: readonly string[]) {
  const found = new Map<string, ArticleLink>();
  let dangling = false;
  const hosted = hrefs.some((href) => HOSTED.test(split(href).path));
  const host = hosted ? await helpHostOf(db, standing.site) : undefined;
  for (const href of hrefs) {
    if (href.startsWith("#")) continue;
    const { path, anchor } = split(href);
    const article = await find(db, standing, path, host);
    if (article !== undefined) found.set(href, anchor ? { article, anchor } : { article });
    else if (!SCHEME.test(path) || SOURCE_ID.test(path)) dangling = true;
  }
  const resolve: ResolveLink = (href) => found.get(href);
  return { resolve, dangling };
}

/** The site's own help host, if it has one. */
async function helpHostOf(db: Db, site: number): Promise<string | undefined> {
  const row = await siteByKey(db, site);
  return row && ((JSON.parse(row.settings) as Partial<SiteSettings>).helpHost || undefined);
}

async function find(
  db: Db,
  { site, locale, source }: Standing,
  path: string,
  host: string | undefined,
): Promise<string | undefined> {
  const id = SOURCE_ID.exec(path)?.[1];
  if (id) {
    const row = await store.findBySource(db, site, locale, "source_id", id);
    if (row) return toId(row.uid);
  }
  const page = pageAt(path, host);
  if (page) {
    const row = await store.findBySlug(db, site, page.language, decode(page.slug));
    if (row) return toId(row.uid);
  }
  if (SCHEME.test(path)) return undefined;
  for (const file of filesMeant(source, decode(path))) {
    const row = await store.findBySource(db, site, locale, "source", file);
    if (row) return toId(row.uid);
  }
  const slug = decode(path).replace(/^\.?\//, "");
  const row = slug.includes("/") ? undefined : await store.findBySlug(db, site, locale, slug);
  return row && toId(row.uid);
}

/** What a help page's address names: below a key, on whatever server, or on the site's own host. */
function pageAt(path: string, host: string | undefined): { language: string; slug: string } | undefined {
  const [, named, ...hosted] = HOSTED.exec(path) ?? [];
  const [language, slug] = HELP_PAGE.exec(path)?.slice(1) ?? (named?.toLowerCase() === host ? hosted : []);
  return language && slug ? { language, slug } : undefined;
}

/** The files that a relative address may mean, the likeliest first. */
function filesMeant(source: string | null, path: string): string[] {
  const meant: string[] = [];
  if (!path.startsWith("/") && source !== null) meant.push(posix.join(posix.dirname(source), path));
  const parts = posix.normalize(`/${path}`).split("/").filter(Boolean);
  for (let skip = 0; skip < Math.min(parts.length, FOREIGN_FOLDERS); skip++) meant.push(parts.slice(skip).join("/"));
  return [...new Set(meant)].filter((file) => file !== "" && !file.startsWith(".."));
}

function split(href: string): { path: string; anchor: string } {
  const hash = href.indexOf("#");
  const whole = hash === -1 ? href : href.slice(0, hash);
  const anchor = hash === -1 ? "" : decode(href.slice(hash + 1));
  return { path: whole.replace(/\?.*$/, ""), anchor: anchor.startsWith(":~:") ? "" : anchor };
}
