import { html } from "hono/html";
import { articlePath, homePath } from "../../desk/articles/help-address.ts";
import type { HelpEntry, HelpShelf } from "../../desk/articles/help-centre.ts";
import { categoryAlternates, homeAlternates } from "./alternates.ts";
import { anchorFor } from "./article-page.ts";
import { calledIn, categoriesIn, type HelpCategory, partsOf } from "./categories.ts";
import { drawCollections } from "./collection-page.ts";
import type { Html } from "./html.ts";
import { drawPerson, drawSearch, type Frame, type HelpPage } from "./layout.ts";
import { categoryPath } from "./place.ts";
import { breadcrumbData, siteData } from "./structured.ts";

/** Articles of a category that the home shows; and of one that has all the room. */
const SHOWN = 4;
const SHOWN_ALONE = 12;
/** So few parts of a category are seen at once. */
const FEW_PARTS = 2;
/** Articles that are named below the search. */
const OFTEN = 3;

/** Those of what is asked for most that the first page of a language names. */
export function namedOften(often: readonly HelpEntry[], locale: string): HelpEntry[] {
  return often.filter((entry) => entry.locale === locale).slice(0, OFTEN);
}

/** The first page in one language: search, and every category. */
export function homePage(frame: Frame, shelf: HelpShelf, often: readonly HelpEntry[]): HelpPage {
  const { place, locale, say } = frame;
  const categories = categoriesIn(shelf, locale);
  const n = categories.reduce((sum, { entries }) => sum + entries.length, 0);
  const content = html`<main id="content"><section class="help-hero"><div class="help-wrap" id="search"><h1>${say("greeting")}</h1>
${drawSearch(frame, n > 0 ? say("placeholder", { n }) : say("search"))}${drawOften(frame, often)}</div></section>
<div class="help-wrap">${
    categories.length === 0
      ? html`<p class="help-shelf">${say("none")}</p>`
      : html`${drawCollections(frame, shelf)}<div class="cats">${categories.map((category) => drawCategory(frame, shelf, category, categories.length > 1 ? SHOWN : SHOWN_ALONE))}</div>`
  }${drawPerson(frame)}</div></main>`;
  return {
    title: `${place.site.name} · ${say("help")}`,
    description: say("homeAbout", { n, name: place.site.name }),
    path: homePath(locale),
    alternates: homeAlternates(shelf),
    data: [siteData(frame)],
    content,
    searchLink: false,
  };
}

/** All articles of one category. */
export function categoryPage(frame: Frame, shelf: HelpShelf, category: HelpCategory): HelpPage {
  const { place, locale, say } = frame;
  const name = calledIn(frame, shelf, category.name);
  const parts = partsOf(category, locale);
  const path = categoryPath(locale, category.name ?? "");
  const content = html`<main id="content"><div class="help-wrap"><div class="help-shelf">
<nav aria-label="${say("crumbs")}"><ol class="crumbs small"><li><a href="${place.base}${homePath(locale)}">${say("help")}</a></li></ol></nav>
<h1 dir="auto">${name}</h1><p class="muted">${countOf(frame, category.entries.length)}</p>
${drawParts(frame, parts)}
${parts.map(
  ([part, list]) =>
    html`<section class="cat">${
      part === "" ? "" : html`<h2 id="${anchorFor(part)}" dir="auto">${part}</h2>`
    }<ul>${drawEntries(frame, list)}</ul></section>`,
)}</div>${drawPerson(frame)}</div></main>`;
  return {
    title: `${name} · ${place.site.name} · ${say("help")}`,
    description: say("categoryAbout", { name, titles: category.entries.map(({ title }) => title).join(", ") }),
    path,
    alternates: categoryAlternates(shelf, locale, category),
    data: [breadcrumbData(frame, [{ name, path }])],
    content,
  };
}

/** What is asked for most, to be had without a search. */
function drawOften({ place, say }: Frame, often: readonly HelpEntry[]): Html | "" {
  if (often.length === 0) return "";
  const links = often.map(
    (entry) => html`<li><a class="link" href="${place.base}${articlePath(entry)}" dir="auto">${entry.title}</a></li>`,
  );
  return html`<div class="help-often"><h2>${say("often")}</h2><ul>${links}</ul></div>`;
}

function drawCategory(frame: Frame, shelf: HelpShelf, { name, entries }: HelpCategory, shown: number): Html {
  const { place, locale, say } = frame;
  const words = name === undefined ? say("allCounted", { n: entries.length }) : say("all", { name });
  const all = html`<li><a class="link" href="${place.base}${categoryPath(locale, name ?? "")}">${words}</a></li>`;
  return html`<section class="cat"><h2 dir="auto">${calledIn(frame, shelf, name)} <span class="num">${countOf(frame, entries.length)}</span></h2>
<ul>${drawEntries(frame, entries.slice(0, shown))}${entries.length > shown ? all : ""}</ul></section>`;
}

/** The way down a long page. */
function drawParts({ say }: Frame, parts: readonly [name: string, list: readonly HelpEntry[]][]): Html | "" {
  const named = parts.filter(([part]) => part !== "");
  if (named.length <= FEW_PARTS) return "";
  const links = named.map(([part]) => html`<li><a class="link" href="#${anchorFor(part)}" dir="auto">${part}</a></li>`);
  return html`<nav class="help-often" aria-label="${say("contents")}"><ul>${links}</ul></nav>`;
}

function drawEntries({ place }: Frame, entries: readonly HelpEntry[]): Html[] {
  return entries.map(
    (entry) => html`<li><a href="${place.base}${articlePath(entry)}" dir="auto">${entry.title}</a></li>`,
  );
}

function countOf({ say }: Frame, n: number): string {
  return n === 1 ? say("countOne") : say("count", { n });
}
