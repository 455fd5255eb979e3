import { type Context, Hono } from "hono";
import * as v from "valibot";
import { ArticleLocale } from "../../desk/articles/articles-input.ts";
import { articlePath, homePath } from "../../desk/articles/help-address.ts";
import { addressIn, type HelpShelf } from "../../desk/articles/help-centre.ts";
import { collectionFor } from "../../desk/articles/help-collections.ts";
import type { Desk } from "../../desk/desk.ts";
import { nearestOf } from "../../suggest/locales.ts";
import { addressOf, browserOf, subscriberFrom } from "../address.ts";
import type { HttpEnv } from "../env.ts";
import type { RouteParts } from "../parts.ts";
import { articlePage } from "./article-page.ts";
import { categoriesIn } from "./categories.ts";
import { collectionPage } from "./collection-page.ts";
import { drawFeed } from "./feed.ts";
import { categoryPage, homePage, namedOften } from "./home-page.ts";
import type { Html } from "./html.ts";
import { drawPage, type Frame, type HelpPage } from "./layout.ts";
import { createPageCache, type KeptPage } from "./page-cache.ts";
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH } from "./page-script.ts";
import { collectionPath, type Place, placeOf } from "./place.ts";
import { FOR_A_MINUTE, FOR_EVER, helpPolicy } from "./policy.ts";
import { createReadCounts } from "./read-counts.ts";
import { readerOf, readerSession } from "./reader.ts";
import { missingPage, searchPage } from "./search-page.ts";
import { helpSay } from "./sentences.ts";
import { drawSitemap, sitemapPart } from "./sitemap.ts";
import { createHelpStyles } from "./style.ts";

/** `base` is what paths begin with: `/help/{key}`, or nothing on the owner's own host. */
export interface HelpEnv {
  Variables: HttpEnv["Variables"] & { base: string };
}

export type HelpDesk = Pick<Desk, "articles" | "helpCentre" | "searches" | "sites" | "suggestions">;
export type HelpParts = Pick<RouteParts, "home" | "limits" | "trustProxy">;

const FALLBACK = "en";
const FOUND = 10;
/** What names itself so reads for nobody. */
const ROBOT = /bot\b|crawl|spider|slurp|preview/i;
const QUESTION_LENGTH = 500;
/** Looked for where slashes begin and at none of those that follow, or 15,000 in the middle take a third of a second. */
const LAST_SLASHES = /(?<!\/)\/+$/;
const HTML = "text/html; charset=utf-8";
const XML = "application/xml; charset=utf-8";
const ATOM = "application/atom+xml; charset=utf-8";

/** The pages of one site's help centre. Whoever mounts them says which site, and where (`base`). */
export function createHelpPages(desk: HelpDesk, { home, limits, trustProxy }: HelpParts): Hono<HelpEnv> {
  const centre = desk.helpCentre;
  const styleOf = createHelpStyles();
  const cache = createPageCache();
  const read = createReadCounts(centre.read);
  const app = new Hono<HelpEnv>();

  const asking = (c: Context<HelpEnv>) => c as unknown as Context<HttpEnv>;
  const placeFor = (c: Context<HelpEnv>) => placeOf(c.var.site, c.var.base, home());
  const frameFor = (place: Place, { locales }: HelpShelf, locale: string): Frame => {
    const { hash } = styleOf(place.site.settings.theme.brand);
    return { place, locale, locales, say: helpSay(locale), styleHash: hash };
  };
  /** A page that is the same for everybody: kept, and not sent twice to one who has it. `shows` is what it shows beside the shelf. */
  const kept = async (
    c: Context<HelpEnv>,
    shelf: HelpShelf,
    draw: () => Html | Promise<Html>,
    { type = HTML, shows = "" } = {},
  ): Promise<Response> => {
    const address = `${home()}\n${c.req.path}\n${shows}`;
    return send(c, await cache.get(c.var.site, shelf, address, async () => String(await draw())), type);
  };
  /** A language that nobody wrote in has no pages of its own: the same under a second address is no translation. */
  const nearer = (c: Context<HelpEnv>, { locales }: HelpShelf, locale: string): Response | undefined => {
    const near = locales.includes(locale) ? undefined : nearestOf(locales, locale);
    if (near === undefined) return undefined;
    const below = c.req.path.slice(c.var.base.length).split("/").slice(2);
    return c.redirect(`${c.var.base}${[homePath(near), ...below].join("/")}${new URL(c.req.url).search}`, 302);
  };
  const once = async (c: Context<HelpEnv>, frame: Frame, page: HelpPage, status: 200 | 404) => {
    for (const [name, value] of Object.entries(helpPolicy(c.req.header("host")))) c.header(name, value);
    return c.html(await drawPage(frame, page), status);
  };

  app.get("/", async (c) => {
    const { locales } = await centre.shelf(c.var.site);
    c.header("vary", "Accept-Language");
    c.header("cache-control", FOR_A_MINUTE);
    // Who comes from the widget reads in its language, which need not be the browser's.
    const asked = [c.req.query("lang"), c.req.header("accept-language")].filter(Boolean).join();
    const { base, canonical } = placeFor(c);
    // The widget knows the key; its readers come to the owner's own host, where there is one.
    const start = canonical.endsWith(base) ? base : canonical;
    return c.redirect(`${start}${homePath(readerOf(asked, locales) ?? FALLBACK)}`, 302);
  });
  app.get("/sitemap.xml", async (c) => {
    const shelf = await centre.shelf(c.var.site);
    return kept(c, shelf, () => drawSitemap(placeFor(c), shelf), { type: XML });
  });
  app.get("/:part{sitemap-\\d+\\.xml}", async (c, next) => {
    const shelf = await centre.shelf(c.var.site);
    const number = Number(c.req.param("part").slice("sitemap-".length, -".xml".length));
    const draw = sitemapPart(placeFor(c), shelf, number);
    return draw ? kept(c, shelf, draw, { type: XML }) : next();
  });
  app.get("/robots.txt", (c) => c.text(`User-agent: *\nAllow: /\nSitemap: ${placeFor(c).canonical}/sitemap.xml\n`));
  app.get("/:file{(style|page)-[\\w-]+\\.(css|js)}", (c) => {
    const file = c.req.param("file");
    const style = styleOf(c.var.site.settings.theme.brand);
    const isStyle = file.startsWith("style-");
    // An older page may still ask for an older sheet: it gets today's, which nobody should keep under that name.
    const now = file === `style-${style.hash}.css` || file === `page-${PAGE_SCRIPT_HASH}.js`;
    c.header("cache-control", now ? FOR_EVER : FOR_A_MINUTE);
    c.header("content-type", isStyle ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8");
    return c.body(isStyle ? style.css : PAGE_SCRIPT);
  });

  app.get("/:locale", async (c, next) => {
    const { site } = c.var;
    const locale = c.req.param("locale");
    const shelf = await centre.shelf(site);
    // Until anything is written every language has a first page; what is no language has none.
    const known = shelf.locales.length === 0 ? v.is(ArticleLocale, locale) : shelf.locales.includes(locale);
    if (!known) return nearer(c, shelf, locale) ?? next();
    const frame = frameFor(placeFor(c), shelf, locale);
    const q = c.req.query("q")?.slice(0, QUESTION_LENGTH).trim();
    if (!q) {
      const often = namedOften(await centre.often(site, shelf), locale);
      const shows = often.map(({ id }) => id).join();
      return kept(c, shelf, () => drawPage(frame, homePage(frame, shelf, often)), { shows });
    }
    await limits.take("suggest", subscriberFrom(asking(c), trustProxy));
    const { suggestions } = await desk.suggestions.forVisitor(site, { q, locale, limit: FOUND, min: 0 });
    // The list shows all that has the words; what counts as found is what the widget would have shown.
    const answered = await desk.suggestions.forVisitor(site, { q, locale, limit: 1 });
    const who = browserOf(asking(c), trustProxy);
    desk.searches.typed(site, { who, q, locale, found: answered.suggestions[0]?.id });
    return once(c, frame, searchPage(frame, q, suggestions), 200);
  });
  app.get("/:locale/feed.xml", async (c, next) => {
    const shelf = await centre.shelf(c.var.site);
    const locale = c.req.param("locale");
    if (!shelf.locales.includes(locale)) return next();
    return kept(c, shelf, () => drawFeed(frameFor(placeFor(c), shelf, locale), shelf), { type: ATOM });
  });
  app.get("/:locale/c/:slug", async (c, next) => {
    const { locale, slug } = c.req.param();
    const shelf = await centre.shelf(c.var.site);
    const category = categoriesIn(shelf, locale).find((one) => one.slug === slug);
    if (!category) return nearer(c, shelf, locale) ?? next();
    const frame = frameFor(placeFor(c), shelf, locale);
    return kept(c, shelf, () => drawPage(frame, categoryPage(frame, shelf, category)));
  });
  app.get("/:locale/collections/:slug", async (c, next) => {
    const { locale, slug } = c.req.param();
    const shelf = await centre.shelf(c.var.site);
    const near = nearer(c, shelf, locale);
    if (near) return near;
    const collection = collectionFor(shelf, locale, slug);
    if (!collection) return next();
    if (collection.slug !== slug) return c.redirect(`${c.var.base}${collectionPath(locale, collection.slug)}`, 302);
    const frame = frameFor(placeFor(c), shelf, locale);
    return kept(c, shelf, () => drawPage(frame, collectionPage(frame, shelf, collection)));
  });
  app.get("/:locale/:slug", async (c, next) => {
    const { locale, slug } = c.req.param();
    const shelf = await centre.shelf(c.var.site);
    const entry = shelf.byAddress.get(addressIn({ locale, slug }));
    if (!entry) return next();
    if (!ROBOT.test(c.req.header("user-agent") ?? "")) read(entry.id);
    return kept(c, shelf, async () => {
      const frame = frameFor(placeFor(c), shelf, locale);
      return drawPage(frame, articlePage(frame, shelf, entry, (await centre.text(entry)) ?? []));
    });
  });
  app.post("/:locale/:slug", async (c, next) => {
    const { site, base } = c.var;
    const { locale, slug } = c.req.param();
    const entry = (await centre.shelf(site)).byAddress.get(addressIn({ locale, slug }));
    if (!entry || (c.req.header("sec-fetch-site") ?? "same-origin") !== "same-origin") return next();
    await limits.take("suggest", subscriberFrom(asking(c), trustProxy));
    const form = await c.req.parseBody();
    const solved = form.solved === "yes";
    // The script's, which the widget knows too; else one for today, that nobody keeps.
    const own = typeof form.session === "string" && /^[\w-]{1,100}$/.test(form.session) ? form.session : undefined;
    const session = own ?? readerSession(site, addressOf(asking(c), trustProxy), c.req.header("user-agent"));
    await desk.articles.verdict(site, entry.id, { solved, session, q: questionIn(c.req.header("referer")) });
    return c.redirect(`${base}${articlePath(entry)}#said-${solved ? "yes" : "no"}`, 303);
  });

  // Nothing stands here today: perhaps something once did, here or at the help centre that the articles came from.
  app.get("*", async (c) => {
    const { site, base } = c.var;
    const path = pathBelow(c.req.path, base);
    const shelf = await centre.shelf(site);
    const [locale = FALLBACK, slug = ""] = path.split("/");
    const known = shelf.locales.includes(locale) ? locale : undefined;
    const moved = (known && (await centre.former(site, slug, known))) || (await centre.former(site, path, known));
    if (moved) return c.redirect(`${base}${articlePath(moved)}`, 301);
    // The home below a key as well, which Hono does not take for the same with a slash at its end.
    if (path === "") return c.redirect(base || "/", 301);
    if (path.endsWith("/")) return c.redirect(`${base}/${encodeURI(path.replace(LAST_SLASHES, ""))}`, 301);
    const frame = frameFor(
      placeFor(c),
      shelf,
      known ?? readerOf(c.req.header("accept-language"), shelf.locales) ?? FALLBACK,
    );
    return once(c, frame, missingPage(frame), 404);
  });
  return app;
}

function send(c: Context<HelpEnv>, page: KeptPage, type: string): Response {
  for (const [name, value] of Object.entries(helpPolicy(c.req.header("host")))) c.header(name, value);
  c.header("cache-control", FOR_A_MINUTE);
  c.header("etag", page.etag);
  c.header("vary", "Accept-Encoding");
  const known = c.req
    .header("if-none-match")
    ?.split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  if (known?.includes(page.etag)) return c.body(null, 304);
  c.header("content-type", type);
  if (!/\bgzip\b/.test(c.req.header("accept-encoding") ?? "")) return c.body(page.text);
  c.header("content-encoding", "gzip");
  return c.body(new Uint8Array(page.zipped));
}

/** What a reader had searched for: it stands in the address of the page that they judge. */
function questionIn(address = ""): string | undefined {
  const q = URL.canParse(address) ? new URL(address).searchParams.get("q")?.trim() : undefined;
  return q?.slice(0, QUESTION_LENGTH) || undefined;
}

/** The path below the help centre's own, decoded where it can be. It begins with no slash: `//host` is another host. */
function pathBelow(path: string, base: string): string {
  const below = path.slice(base.length);
  try {
    return decodeURIComponent(below).replace(/^[/\\]+/, "");
  } catch {
    return below.replace(/^[/\\]+/, "");
  }
}
