import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { CATALOGUE } from "./shop/catalogue.ts";
import { escapeHtml, layout, type ShopPage } from "./shop/layout.ts";
import { card, productList, productPage } from "./shop/product-pages.ts";

export interface ShopOptions {
  /** Where the widget comes from, without a slash at the end. */
  deskbellUrl: string;
  /** The site's public key; pages wait while it is still being made. */
  siteKey: string | Promise<string>;
  /** The port to try first; another one is taken where this is not free. 0 or absent: any. */
  port?: number;
  host?: string;
}

export interface Shop {
  /** The shop's origin. */
  url: string;
  close(): Promise<void>;
}

const FOLDER = join(import.meta.dirname, "shop");
const FEATURED = ["first-circuits-kit", "uno-r4-wifi", "pip-robot", "plant-watcher"];
const FRAGMENTS: Record<string, string> = {
  "/": "home",
  "/orders": "orders",
  "/delivery": "delivery",
  "/cart": "cart",
  "/contact": "contact",
  "/zh/": "zh",
};
const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Starts the demo shop: a website on an origin of its own that has the widget on every page. */
export async function createShop({ deskbellUrl, siteKey, port = 0, host }: ShopOptions): Promise<Shop> {
  const server = createServer((request, response) => {
    answer(request, response, deskbellUrl, siteKey).catch(() => response.destroy());
  });
  await listen(server, port, host).catch(() => listen(server, 0, host));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error);
    server.once("error", failed);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off("error", failed);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  deskbellUrl: string,
  siteKey: string | Promise<string>,
): Promise<void> {
  const path = new URL(request.url ?? "/", "http://shop").pathname;
  const send = (body: string | Buffer, type: string, headers: Record<string, string> = {}, status = 200) =>
    response.writeHead(status, { "content-type": type, "cache-control": "no-cache", ...headers }).end(body);

  if (path === "/catalogue.json") return void send(JSON.stringify(CATALOGUE), "application/json");
  if (/^\/(shop\.(css|js)|pictures\/[a-z]+\.svg)$/.test(path)) {
    const file = await readFile(join(FOLDER, path)).catch(() => undefined);
    if (file) return void send(file, TYPES[extname(path)] ?? "application/octet-stream");
  }

  const widget = `<script async src="${escapeHtml(deskbellUrl)}/widget.js" data-site="${escapeHtml(await siteKey)}"></script>`;
  const html = "text/html; charset=utf-8";
  const host = /^\/hosts\/([a-z-]+)\.html$/.exec(path)?.[1];
  const hostPage = host && (await readFile(join(FOLDER, "hosts", `${host}.html`), "utf8").catch(() => undefined));
  if (hostPage) {
    const fill: Record<string, string> = { widget, deskbell: deskbellUrl, site: await siteKey };
    return void send(
      hostPage.replace(/\{\{(\w+)\}\}/g, (_, k) => fill[k] ?? ""),
      html,
    );
  }
  if (path === "/hosts/turbo.js") {
    const file = new URL(import.meta.resolve("@hotwired/turbo/dist/turbo.es2017-umd.js"));
    return void send(await readFile(file), "text/javascript; charset=utf-8");
  }
  if (path === "/hostile.html") {
    return void send((await readFile(join(FOLDER, "hostile.html"), "utf8")).replaceAll("{{widget}}", widget), html);
  }
  if (path === "/strict.html") {
    const nonce = randomBytes(16).toString("base64url");
    const policy = strictPolicy(deskbellUrl, nonce);
    const fill: Record<string, string> = { widget, nonce, policy: escapeHtml(policy) };
    const page = (await readFile(join(FOLDER, "strict.html"), "utf8")).replace(
      /\{\{(\w+)\}\}/g,
      (_, k) => fill[k] ?? "",
    );
    return void send(page, html, { "content-security-policy": policy });
  }
  const page = await pageAt(path);
  if (page) return void send(layout(page, path, widget), html);
  const lost = {
    title: "Not here",
    description: "",
    main: `<div class="lead"><h1>Not here</h1><p>That page is gone, or was never soldered on. <a href="/">Back to the shop</a>.</p></div>`,
  };
  send(layout(lost, path, widget), html, {}, 404);
}

/** The least that a page must allow for the widget: one origin for scripts, connections and pictures. */
function strictPolicy(deskbellUrl: string, nonce: string): string {
  const sockets = deskbellUrl.replace(/^http/, "ws");
  return [
    "default-src 'none'",
    `script-src ${deskbellUrl} 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src ${deskbellUrl} ${sockets}`,
    `img-src ${deskbellUrl}`,
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

async function pageAt(path: string): Promise<ShopPage | undefined> {
  if (path === "/products") return productList();
  const slug = /^\/products\/([a-z0-9-]+)$/.exec(path)?.[1];
  if (slug) return productPage(slug);
  const name = FRAGMENTS[path];
  return name === undefined ? undefined : fragment(await readFile(join(FOLDER, "pages", `${name}.html`), "utf8"));
}

/** A page's main part; the comment on top says its title, description and language. */
function fragment(text: string): ShopPage {
  const [, head = "", body = ""] = /^<!--\n([\s\S]*?)\n-->\n([\s\S]*)$/.exec(text) ?? [];
  const said = Object.fromEntries(
    head.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
  );
  const featured = CATALOGUE.filter((product) => FEATURED.includes(product.slug)).map(card);
  return {
    title: said.title ?? "",
    description: said.description ?? "",
    ...(said.language === "zh-Hans" ? { language: "zh-Hans" as const } : {}),
    main: body.replace("{{featured}}", featured.join("")),
  };
}
