import { html, raw } from "hono/html";
import { arrowUpRight, languages, search } from "../../../ui/icons.ts";
import { directionOf } from "../../../ui/locale.ts";
import { MARK_BUTTON, MARK_DOME } from "../../../ui/mark.ts";
import { saidOf, tagOf } from "../../../ui/snippet.ts";
import { homePath } from "../../desk/articles/help-address.ts";
import { labelFor } from "../../desk/sites/words.ts";
import { nearness } from "../../suggest/locales.ts";
import type { Alternate } from "./alternates.ts";
import { type Html, icon } from "./html.ts";
import { PAGE_SCRIPT_HASH } from "./page-script.ts";
import type { Place } from "./place.ts";
import { chromeLocale, type HelpSay, languageName } from "./sentences.ts";

/** What every page is drawn with. */
export interface Frame {
  place: Place;
  locale: string;
  say: HelpSay;
  styleHash: string;
  /** Languages that anything is written in. */
  locales: readonly string[];
}

export interface HelpPage {
  title: string;
  description?: string | undefined;
  /** Its own path; none for pages that search engines should not keep. */
  path?: string | undefined;
  alternates?: readonly Alternate[];
  /** JSON-LD. */
  data?: readonly object[];
  content: Html;
  /** On an article's page: after how many seconds it counts as read. */
  article?: { id: string; countsAfter: number };
  /** The home has the search itself. */
  searchLink?: boolean;
}

const DESCRIPTION_LENGTH = 160;
/** The mark, in the one colour of the house. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0a6370" fill-rule="evenodd" d="${MARK_DOME}"/><path fill="#f2b544" d="${MARK_BUTTON}"/></svg>`,
)}`;

/** A whole page around its content. */
export function drawPage(frame: Frame, page: HelpPage): Html {
  const { place, locale, say, styleHash } = frame;
  const { site, base } = place;
  const chrome = chromeLocale(locale);
  const lang = nearness(chrome, locale) >= 2 ? chrome : locale;
  return html`<!doctype html>
<html lang="${lang}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<link rel="icon" href="${ICON}">
${page.description ? html`<meta name="description" content="${cut(page.description)}">` : ""}
<meta name="color-scheme" content="light dark">
${drawAddresses(frame, page)}
<link rel="stylesheet" href="${base}/style-${styleHash}.css">
${page.data?.map((one) => html`<script type="application/ld+json">${raw(jsonForScript(one))}</script>`) ?? ""}
${raw(tagOf("", site.publicKey, saidOf({ theme: site.settings.theme, label: labelFor(site.settings.labels, locale, site.settings.locales) })))}
<script defer src="${base}/page-${PAGE_SCRIPT_HASH}.js" data-site="${site.publicKey}"${drawCounted(page)}></script>
</head>
<body class="ui"><div class="help">
<a class="help-skip" href="#content">${say("skip")}</a>
${drawHead(frame, page)}
${page.content}
${drawFoot(frame)}
</div></body></html>`;
}

function drawCounted({ article }: HelpPage): Html | "" {
  return article ? html` data-article="${article.id}" data-after="${article.countsAfter}"` : "";
}

/** The offer to write to a person. Shown by the script that can keep it. */
export function drawPerson({ place, say }: Frame): Html {
  return html`<section class="help-person" data-ask hidden><div>
<h2 class="strong">${say("ask")}</h2><p class="muted">${say("askWhy", { name: place.site.name })}</p></div>
<button type="button" class="btn btn-primary btn-lg">${say("askUs")}</button></section>`;
}

export function drawSearch({ place, locale, say }: Frame, placeholder: string, q = ""): Html {
  return html`<form class="help-search" role="search" action="${place.base}${homePath(locale)}" method="get">${icon(search)}
<input type="search" name="q" value="${q}" aria-label="${say("searchLabel")}" placeholder="${placeholder}" maxlength="500" autocomplete="off" enterkeyhint="search">
<button class="btn btn-primary">${say("search")}</button></form>`;
}

function drawAddresses({ place, locale, say, locales }: Frame, { path, alternates = [], title }: HelpPage): Html {
  if (path === undefined) return html`<meta name="robots" content="noindex">`;
  const order = [...alternates].sort((a, b) => locales.indexOf(a.locale) - locales.indexOf(b.locale));
  const [first] = order;
  return html`<link rel="canonical" href="${place.canonical}${path}">
${order.map((one) => html`<link rel="alternate" hreflang="${one.locale}" href="${place.canonical}${one.path}">`)}
${first ? html`<link rel="alternate" hreflang="x-default" href="${place.canonical}${first.path}">` : ""}
<link rel="alternate" type="application/atom+xml" title="${say("feed")}" href="${place.base}${homePath(locale)}/feed.xml">
<meta property="og:title" content="${title}">
<meta property="og:url" content="${place.canonical}${path}">`;
}

function drawHead(frame: Frame, page: HelpPage): Html {
  const { place, locale, say } = frame;
  const { site, base } = place;
  const { logo } = site.settings;
  const [origin] = site.origins;
  const home = `${base}${homePath(locale)}`;
  return html`<header class="help-head"${langOf(locale)}><div class="help-wrap">
<a class="help-brand" href="${home}">${logo ? html`<img src="${logo}" alt="" width="28" height="28">` : ""}<span>${site.name}</span><span>${say("help")}</span></a>
<nav class="help-nav" aria-label="${say("help")}">
${page.searchLink === false ? "" : html`<a href="${home}#search" aria-label="${say("search")}">${icon(search, { size: 18 })}<span>${say("search")}</span></a>`}
${drawLanguages(frame, page)}
${origin ? html`<a class="help-site" href="${origin}">${new URL(origin).host}${icon(arrowUpRight, { size: 16, flip: true })}</a>` : ""}
</nav></div></header>`;
}

function drawLanguages({ place, locale, locales, say }: Frame, { alternates = [] }: HelpPage): Html | "" {
  if (locales.length < 2) return "";
  const links = locales.map((one) => {
    const path = alternates.find((alternate) => alternate.locale === one)?.path ?? homePath(one);
    const current = one === locale ? raw(' aria-current="true"') : "";
    return html`<a href="${place.base}${path}" lang="${one}" hreflang="${one}"${current}>${languageName(one)}</a>`;
  });
  return html`<details><summary aria-label="${say("languages")}: ${languageName(locale)}">${icon(languages, { size: 18 })}${languageName(locale)}</summary>
<div class="help-languages">${links}</div></details>`;
}

function drawFoot({ place, locale, say }: Frame): Html {
  const mark = html`<svg class="mark" width="16" height="16" viewBox="0 0 32 32" aria-hidden="true"><path fill-rule="evenodd" d="${MARK_DOME}"/><path class="mark-button" d="${MARK_BUTTON}"/></svg>`;
  return html`<footer class="help-foot small"${langOf(locale)}><div class="help-wrap"><span>${place.site.name}</span>
<a href="${place.base}${homePath(locale)}/feed.xml">${say("feed")}</a><span>${mark}${say("runsOn")}</span></div></footer>`;
}

/** Where an article's language is none that we speak, what stands around it says its own. */
function langOf(locale: string): Html | "" {
  const chrome = chromeLocale(locale);
  return nearness(chrome, locale) > 0 ? "" : html` lang="${chrome}" dir="ltr"`;
}

/** What a search engine shows of it. */
function cut(description: string): string {
  const flat = description.replace(/\s+/g, " ").trim();
  return flat.length <= DESCRIPTION_LENGTH
    ? flat
    : `${flat
        .slice(0, DESCRIPTION_LENGTH - 1)
        .toWellFormed()
        .trimEnd()}…`;
}

/** JSON that cannot end the script it stands in. */
function jsonForScript(data: object): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
