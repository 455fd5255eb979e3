import { html } from "hono/html";
import { articlePath, homePath } from "../../desk/articles/help-address.ts";
import type { HelpEntry, HelpShelf } from "../../desk/articles/help-centre.ts";
import { collectionsIn, type HelpCollection } from "../../desk/articles/help-collections.ts";
import { collectionAlternates } from "./alternates.ts";
import type { Html } from "./html.ts";
import { drawPerson, type Frame, type HelpPage } from "./layout.ts";
import { collectionPath } from "./place.ts";
import { breadcrumbData, listData } from "./structured.ts";

/** Articles of a collection that the home shows. */
const SHOWN = 5;

/** The site's collections on its first page, before everything that is not in an order. */
export function drawCollections(frame: Frame, shelf: HelpShelf): Html | "" {
  const collections = collectionsIn(shelf, frame.locale);
  if (collections.length === 0) return "";
  return html`<div class="steps-row">${collections.map((collection) => drawCollection(frame, collection))}</div>`;
}

/** One collection: its articles in their order, each with what it is about. */
export function collectionPage(frame: Frame, shelf: HelpShelf, collection: HelpCollection): HelpPage {
  const { slug, name, entries } = collection;
  const { place, locale, say } = frame;
  const path = collectionPath(locale, slug);
  const content = html`<main id="content"><div class="help-wrap"><div class="help-shelf">
<nav aria-label="${say("crumbs")}"><ol class="crumbs small"><li><a href="${place.base}${homePath(locale)}">${say("help")}</a></li></ol></nav>
<h1 dir="auto"${langOf(frame, collection)}>${name}</h1><p class="muted">${say(entries.length === 1 ? "countOne" : "count", { n: entries.length })}</p>
<ol class="steps-list">${entries.map((entry) => drawStep(frame, entry, entry.excerpt))}</ol></div>${drawPerson(frame)}</div></main>`;
  return {
    title: `${name} · ${place.site.name} · ${say("help")}`,
    description: say("collectionAbout", { name, titles: entries.map(({ title }) => title).join(", ") }),
    path,
    alternates: collectionAlternates(shelf, locale, slug),
    data: [listData(frame, name, entries), breadcrumbData(frame, [{ name, path }])],
    content,
  };
}

function drawCollection(frame: Frame, collection: HelpCollection): Html {
  const { slug, name, entries } = collection;
  const { place, locale, say } = frame;
  const path = `${place.base}${collectionPath(locale, slug)}`;
  const all = html`<a class="link" href="${path}">${say("all", { name })}</a>`;
  return html`<section class="steps"><h2 dir="auto"${langOf(frame, collection)}><a href="${path}">${name}</a></h2>
<ol class="steps-list">${entries.slice(0, SHOWN).map((entry) => drawStep(frame, entry))}</ol>${entries.length > SHOWN ? all : ""}</section>`;
}

/** A name that its readers' language has none of is read out in its own. */
function langOf({ locale }: Frame, collection: HelpCollection): Html | "" {
  return collection.locale === locale ? "" : html` lang="${collection.locale}"`;
}

function drawStep({ place }: Frame, entry: HelpEntry, excerpt = ""): Html {
  const about = excerpt === "" ? "" : html`<span class="muted" dir="auto">${excerpt}</span>`;
  return html`<li><a href="${place.base}${articlePath(entry)}"><span dir="auto">${entry.title}</span>${about}</a></li>`;
}
