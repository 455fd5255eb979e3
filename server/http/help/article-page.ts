import { html, raw } from "hono/html";
import type { Block, Inline, RichText } from "../../../protocol/index.ts";
import { chevronRight } from "../../../ui/icons.ts";
import { minutesToRead, secondsToCount } from "../../../ui/reading-time.ts";
import { slugFrom } from "../../desk/articles/articles-input.ts";
import { articlePath, homePath } from "../../desk/articles/help-address.ts";
import type { HelpEntry, HelpShelf } from "../../desk/articles/help-centre.ts";
import { addressArticles } from "../../desk/markdown/markdown.ts";
import { plainOf } from "../../desk/markdown/markdown-plain.ts";
import { articleAlternates } from "./alternates.ts";
import { belowTop, calledIn, topOf } from "./categories.ts";
import { type Html, icon } from "./html.ts";
import { drawPerson, type Frame, type HelpPage } from "./layout.ts";
import { categoryPath } from "./place.ts";
import { drawBlocks } from "./rich-html.ts";
import { articleData, breadcrumbData } from "./structured.ts";

const SIDE = 14;
const NEXT = 3;

/** One article with what stands around it: its category beside it, its headings, what to read next. */
export function articlePage(frame: Frame, shelf: HelpShelf, entry: HelpEntry, text: RichText): HelpPage {
  const { place } = frame;
  const { base, site } = place;
  const body = addressArticles(text, (id) => {
    const other = shelf.byId.get(id);
    return other && `${base}${articlePath(other)}`;
  });
  const siblings = shelf.entries.filter((one) => one.locale === entry.locale && one.category === entry.category);
  const content = html`<div class="help-body"><div class="help-wrap"><div class="help-article">
${drawSide(frame, shelf, entry, siblings)}
<main id="content">${drawCrumbs(frame, entry)}<article class="prose">
<h1 dir="auto">${entry.title}</h1><p class="small muted">${drawMeta(frame, entry, body)}</p>
${drawBlocks(body)}</article>
${drawVerdict(frame, entry)}${drawNext(frame, entry, siblings)}${drawPerson(frame)}</main>
${drawContents(frame, body)}</div></div></div>`;
  return {
    title: `${entry.title} · ${site.name}`,
    description: entry.excerpt,
    path: articlePath(entry),
    alternates: articleAlternates(shelf, entry),
    data: [articleData(frame, entry), breadcrumbData(frame, trailOf(entry))],
    content,
    article: { id: entry.id, countsAfter: secondsToCount(text) },
  };
}

/** The anchor of a part of a category on that category's page. */
export function anchorFor(part: string): string {
  return slugFrom(part) || "part";
}

function trailOf(entry: HelpEntry): { name: string; path: string }[] {
  const top = entry.category && topOf(entry.category);
  const self = { name: entry.title, path: articlePath(entry) };
  return top ? [{ name: top, path: categoryPath(entry.locale, top) }, self] : [self];
}

function drawCrumbs({ place: { base }, locale, say }: Frame, { category }: HelpEntry): Html {
  const arrow = icon(chevronRight, { size: 12, flip: true });
  const top = category && topOf(category);
  const part = category && belowTop(category);
  const path = top && `${base}${categoryPath(locale, top)}`;
  return html`<nav aria-label="${say("crumbs")}"><ol class="crumbs small"><li><a href="${base}${homePath(locale)}">${say("help")}</a></li>${
    top ? html`<li>${arrow}<a href="${path}" dir="auto">${top}</a></li>` : ""
  }${part ? html`<li>${arrow}<a href="${path}#${anchorFor(part)}" dir="auto">${part}</a></li>` : ""}</ol></nav>`;
}

function drawMeta({ locale, say }: Frame, { updatedAt }: HelpEntry, body: RichText): Html {
  const day = html`<time datetime="${new Date(updatedAt).toISOString()}">${dayOf(updatedAt, locale)}</time>`;
  const [before = "", after = ""] = say("updated", { day: "\n" }).split("\n");
  return html`${before}${day}${after} · ${say("minutes", { n: minutesToRead(body) })}`;
}

function drawSide(frame: Frame, shelf: HelpShelf, entry: HelpEntry, siblings: readonly HelpEntry[]): Html {
  const at = siblings.findIndex(({ id }) => id === entry.id);
  const from = Math.max(0, Math.min(at - SIDE / 2, siblings.length - SIDE));
  const links = siblings.slice(from, from + SIDE).map((one) => {
    const current = one.id === entry.id ? raw(' aria-current="page"') : "";
    return html`<a href="${frame.place.base}${articlePath(one)}" dir="auto"${current}>${one.title}</a>`;
  });
  const { category } = entry;
  const name = calledIn(frame, shelf, category && (belowTop(category) || topOf(category)));
  return html`<nav class="help-side" aria-label="${name}"><h2 dir="auto">${name}</h2>${links}</nav>`;
}

function drawContents({ say }: Frame, body: RichText): Html {
  const headings = body.filter((block) => block.type === "heading");
  const level = Math.min(...headings.map((heading) => heading.level));
  const shown = headings.filter((heading) => heading.level === level && heading.anchor);
  if (shown.length < 2) return html`<div class="help-side"></div>`;
  const links = shown.map(
    ({ anchor = "", children }) => html`<a href="#${encodeURIComponent(anchor)}" dir="auto">${wordsOf(children)}</a>`,
  );
  return html`<nav class="help-side toc" aria-label="${say("contents")}"><h2>${say("contents")}</h2>${links}</nav>`;
}

/** Two buttons of a form: an answer without a script. Which of the two thanks is shown follows from the address. */
function drawVerdict({ place, say }: Frame, entry: HelpEntry): Html {
  return html`<p class="help-said" id="said-yes">${say("thanks")}</p><p class="help-said" id="said-no">${say("sorry")}</p>
<form class="help-ask" method="post" action="${place.base}${articlePath(entry)}"><h2 id="answered">${say("answered")}</h2>
<button class="btn btn-secondary" name="solved" value="yes" aria-describedby="answered">${say("yes")}</button>
<button class="btn btn-secondary" name="solved" value="no" aria-describedby="answered">${say("no")}</button></form>`;
}

function drawNext({ place, say }: Frame, entry: HelpEntry, siblings: readonly HelpEntry[]): Html | "" {
  const at = siblings.findIndex(({ id }) => id === entry.id);
  const following = [...siblings.slice(at + 1), ...siblings.slice(0, Math.max(0, at))].slice(0, NEXT);
  if (following.length === 0) return "";
  const arrow = icon(chevronRight, { size: 16, flip: true });
  const links = following.map(
    (one) => html`<a href="${place.base}${articlePath(one)}"><span dir="auto">${one.title}</span>${arrow}</a>`,
  );
  return html`<section class="help-related"><h2>${say("next")}</h2>${links}</section>`;
}

function wordsOf(inlines: readonly Inline[]): string {
  return plainOf([{ type: "paragraph", children: [...inlines] } satisfies Block]);
}

function dayOf(at: number, locale: string): string {
  try {
    return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(at);
  } catch {
    return new Date(at).toISOString().slice(0, 10);
  }
}
