import { html } from "hono/html";
import { articlePath, homePath } from "../../desk/articles/help-address.ts";
import type { Suggestion } from "../../desk/articles/suggestions.ts";
import type { Html } from "./html.ts";
import { drawPerson, drawSearch, type Frame, type HelpPage } from "./layout.ts";

/** Where the best one is less likely and has not one of the words, all of them are like it in some letters only. */
const LEAST = 0.0001;

/** What a search found. */
export function searchPage(frame: Frame, q: string, offered: readonly Suggestion[]): HelpPage {
  const { place, say } = frame;
  const found = offered.some(({ score, marks }) => marks || score >= LEAST) ? offered : [];
  const hits = found.map(
    (hit) =>
      html`<li><a href="${place.base}${articlePath(hit)}?q=${encodeURIComponent(q)}" dir="auto"><strong>${drawMarked(hit)}</strong><span>${hit.excerpt}</span></a></li>`,
  );
  const none = html`<h2 class="strong">${say("nothing")}</h2><p class="muted">${say("nothingWhy")}</p>`;
  const content = html`<main id="content"><section class="help-hero found"><div class="help-wrap" id="search">
<h1 dir="auto">${say("results", { q })}</h1>${drawSearch(frame, say("search"), q)}</div></section>
<div class="help-wrap"><div class="help-hits">${hits.length > 0 ? html`<ol>${hits}</ol>` : none}</div>${drawPerson(frame)}</div></main>`;
  const title = say("results", { q });
  const description = say("resultsAbout", { q, titles: found.map((hit) => hit.title).join(", ") || say("nothing") });
  return { title: `${title} · ${place.site.name}`, description, content, searchLink: false };
}

/** An address that nothing stands at. */
export function missingPage(frame: Frame): HelpPage {
  const { place, locale, say } = frame;
  const content = html`<main id="content"><section class="help-hero"><div class="help-wrap" id="search"><h1>${say("missing")}</h1>
<p class="muted">${say("missingWhy")}</p>${drawSearch(frame, say("search"))}
<p class="help-often"><a class="link" href="${place.base}${homePath(locale)}">${say("first")}</a></p></div></section>
<div class="help-wrap">${drawPerson(frame)}</div></main>`;
  return {
    title: `${say("missing")} · ${place.site.name}`,
    description: say("missingWhy"),
    content,
    searchLink: false,
  };
}

/** The title, its matched words marked by elements. */
function drawMarked({ title, marks = [] }: Suggestion): Html[] {
  const drawn: Html[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    drawn.push(html`${title.slice(at, start)}<mark>${title.slice(start, end)}</mark>`);
    at = end;
  }
  return [...drawn, html`${title.slice(at)}`];
}
