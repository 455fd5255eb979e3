import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { html, raw } from "hono/html";
import { renderMarkdown } from "../desk/markdown/markdown.ts";
import type { HttpEnv } from "./env.ts";
import { drawBlocks } from "./help/rich-html.ts";
import { createHelpStyles } from "./help/style.ts";
import type { RouteParts } from "./parts.ts";

const FOLDER = join(import.meta.dirname, "../../docs/embedding");
const PATH = "/docs/embedding";
/** The page that links to all others. */
const FIRST = "README";
/** What the pages call this server's address. */
const HOST = /https:\/\/HELP\b/g;
const KEEP = "public, max-age=3600";

/** `/docs/embedding/…`: how the widget comes onto a page, for whoever installs it, with this server's own address. */
export function createEmbeddingRoutes({ home }: Pick<RouteParts, "home">): Hono<HttpEnv> {
  const pages = readPages();
  const { css } = createHelpStyles()(undefined);
  const style = createHash("sha256").update(css).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; frame-ancestors 'none'`;
  const app = new Hono<HttpEnv>();
  app.get("/", (c) => c.redirect(`${PATH}/${FIRST}`));
  app.get("/:page", (c) => {
    const name = c.req.param("page");
    const page = pages.get(name);
    if (!page) return c.notFound();
    const links = [...pages].map(([other, { title }]) => {
      const current = other === name ? raw(' aria-current="page"') : "";
      return html`<a href="${PATH}/${other}"${current}>${title}</a>`;
    });
    c.header("content-security-policy", policy);
    c.header("cache-control", KEEP);
    return c.html(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<style>${raw(css)}</style>
</head>
<body class="ui"><div class="help"><div class="help-body"><div class="help-wrap"><div class="help-article">
<nav class="help-side" aria-label="Embedding">${links}</nav>
<main><article class="prose"><h1>${page.title}</h1>
${drawBlocks(renderMarkdown(withAddresses(page.text, home())).rich)}</article></main>
<div class="help-side"></div>
</div></div></div></div></body></html>`);
  });
  return app;
}

/** By name, the first page first. */
function readPages(): Map<string, { title: string; text: string }> {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith(".md")) : [];
  const names = files
    .map((file) => file.slice(0, -3))
    .sort((one, other) => Number(other === FIRST) - Number(one === FIRST));
  return new Map(
    names.map((name) => {
      const source = readFileSync(join(FOLDER, `${name}.md`), "utf8");
      const [, title = name, text = source] = /^# (.*)\n([\s\S]*)$/.exec(source) ?? [];
      return [name, { title, text }];
    }),
  );
}

/** This server's address instead of its placeholder, and links between the pages as addresses of it. */
function withAddresses(text: string, home: string): string {
  return text.replace(HOST, home).replace(/\]\(([\w-]+)\.md(#[\w-]*)?\)/g, `](${home}${PATH}/$1$2)`);
}
