import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOME } from "../../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../../test/support/http-desk.ts";
import type { Article } from "../../desk/articles/articles.ts";

let desk: HttpDesk;
let key: string;
let base: string;

const EN = {
  title: "Reset your board",
  body: "Press it twice.",
  locale: "en",
  visibility: "public",
  state: "published",
};

beforeAll(async () => {
  desk = await openHttpDesk({ config: { limits: false, trustProxy: 0, publicUrl: HOME } });
  key = await desk.keyOf("owner");
  base = `/help/${desk.shop.publicKey}`;
  await write({});
  await write({ title: "重置开发板", locale: "zh-Hans" });
});
afterAll(() => desk.close());

async function write(input: object): Promise<Article> {
  const body = { ...EN, ...input };
  return (await desk.ask<Article>("POST", `/api/sites/${desk.shop.id}/articles`, { as: key, body })).body;
}
const get = (path: string, headers: Record<string, string> = {}) => desk.ask<string>("GET", path, { headers });
const host = (name: string) => desk.ask("PATCH", `/api/sites/${desk.shop.id}`, { as: key, body: { helpHost: name } });

describe("The owner's own host", () => {
  test("shows the help centre at its root, what the widget needs, and nothing else.", async () => {
    expect((await host("Help.Shop.example:8443")).body.helpHost).toBe("help.shop.example:8443");
    const headers = { host: "help.shop.example:8443" };
    expect((await get("/", headers)).headers.get("location")).toBe("/en");
    const { body } = await get("/en", headers);
    expect(body).toContain('<link rel="canonical" href="https://help.shop.example:8443/en">');
    expect(body).toContain('href="/en/reset-your-board"');
    expect((await get("/robots.txt", headers)).body).toContain("https://help.shop.example:8443/sitemap.xml");
    expect((await get("/api/sites", headers)).status).toBe(404);
    expect((await get("/console", headers)).status).toBe(404);
    const origin = "https://help.shop.example:8443";
    const own = await get(`/api/widget/${desk.shop.publicKey}`, { ...headers, origin });
    expect([own.status, own.headers.get("access-control-allow-origin")]).toEqual([200, origin]);
    expect((await get(`/api/widget/${desk.cafe.publicKey}`, { ...headers, origin })).status).toBe(403);
    expect(await desk.desk.sites.anySiteLists(origin)).toBe(true);
    expect((await get(`${base}/en`)).body).toContain(`<link rel="canonical" href="${origin}/en">`);
    await host("");
    expect((await get("/en", headers)).status).toBe(404);
  });

  test("names itself in every address: canonical, map, feed, redirects and robots, whoever asked under which name.", async () => {
    const name = "help.shop.example";
    await host(name);
    const own = { host: name };
    const made = await write({ title: "Before the move", source: "zendesk/77", sourceId: "77" });
    await desk.ask("PUT", `/api/articles/${made.id}`, {
      as: key,
      body: { ...EN, title: "Before the move", slug: "after" },
    });
    const canonical = `https://${name}/en/after`;
    for (const [path, headers] of [
      ["/en/after", own],
      [`${base}/en/after`, { host: "desk.example" }],
    ] as const) {
      const { body } = await get(path, headers);
      expect(body).toContain(`<link rel="canonical" href="${canonical}">`);
      expect(body).toContain(`<meta property="og:url" content="${canonical}">`);
      expect(body).toContain(`"mainEntityOfPage":"${canonical}"`);
      expect(body).toContain(`hreflang="en" href="${canonical}"`);
    }
    const map = (await get("/sitemap.xml", own)).body;
    const addresses = Array.from(map.matchAll(/(?:<loc>|href=")(https?:[^<"]+)/g), ([, url = ""]) => new URL(url).host);
    expect([...new Set(addresses)]).toEqual([name]);
    expect(map).toContain(`<loc>${canonical}</loc>`);
    const feed = (await get("/en/feed.xml", own)).body;
    expect(feed).toContain(`<link rel="self" href="https://${name}/en/feed.xml"/>`);
    expect(feed).toContain(`<link href="${canonical}"/>`);
    expect((await get("/robots.txt", own)).body).toBe(
      `User-agent: *\nAllow: /\nSitemap: https://${name}/sitemap.xml\n`,
    );

    const goes = async (path: string, headers: Record<string, string> = own): Promise<[number, string | null]> => {
      const { status, headers: sent } = await get(path, headers);
      return [status, sent.get("location")];
    };
    expect(await goes("/")).toEqual([302, "/en"]);
    expect(await goes("/", { ...own, "accept-language": "zh-CN" })).toEqual([302, "/zh-Hans"]);
    expect(await goes("/en-US")).toEqual([302, "/en"]);
    expect(await goes("/en/before-the-move")).toEqual([301, "/en/after"]);
    expect(await goes("/hc/en-us/articles/77-Anything")).toEqual([301, "/en/after"]);
    expect(await goes("/en/after/")).toEqual([301, "/en/after"]);
    // No path makes a redirect that leaves the host.
    for (const path of ["//evil.example/", "/\\evil.example/", "/%2F%2Fevil.example/"]) {
      const [, location] = await goes(path);
      expect([path, new URL(location ?? "/", `https://${name}`).host]).toEqual([path, name]);
    }
    expect((await get("/en/nowhere", own)).status).toBe(404);
    const say = await desk.app.request("/en/after", {
      method: "POST",
      headers: { ...own, "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
      body: "solved=yes",
    });
    expect([say.status, say.headers.get("location")]).toEqual([303, "/en/after#said-yes"]);
    const reading = await desk.ask("POST", `/api/widget/${desk.shop.publicKey}/articles/${made.id}/reading`, {
      headers: { ...own, origin: `https://${name}` },
      body: { q: "where did it go", session: "s1" },
    });
    expect(reading.status).toBe(204);
    await host("");
  });

  test("stands in every address of an article outside the pages too: lists, the agents' search, links, the card of a message, all articles.", async () => {
    const name = "help.shop.example";
    await host(name);
    const target = await write({ title: "Named by its host" });
    const from = await write({ title: "Names another", body: "See [it](named-by-its-host#x)." });
    const url = `https://${name}/en/named-by-its-host`;
    const shop = `/api/widget/${desk.shop.publicKey}`;
    const headers = { origin: `https://${name}` };
    const site = await desk.desk.sites.byPublicKey(desk.shop.publicKey);
    const card = await desk.store.read((db) => desk.desk.articles.card(db, site, target.id));
    const read = await desk.ask("GET", `${shop}/articles/${target.id}`, { headers });
    const found = await desk.ask<{ items: { url: string }[] }>(
      "GET",
      `/api/sites/${desk.shop.id}/suggest?q=named%20by%20its%20host`,
      { as: key },
    );
    expect([target.url, card?.url, read.body.url, found.body.items[0]?.url]).toEqual([url, url, url, url]);
    const linked = await desk.ask("GET", `${shop}/articles/${from.id}`, { headers });
    expect(JSON.stringify(linked.body)).toContain(`"href":"${url}#x"`);
    expect((await get(`${base}?lang=zh-CN`)).headers.get("location")).toBe(`https://${name}/zh-Hans`);
    await host("");
    expect((await get(`${base}?lang=zh-CN`)).headers.get("location")).toBe(`${base}/zh-Hans`);
  });

  test("is known in an article: an address of it that was pasted leads to the article that stands there, another host's does not.", async () => {
    await host("help.shop.example:8443");
    const { id } = await write({ title: "Pasted", slug: "pasted" });
    const body = [
      "[ours](https://Help.shop.example:8443/en/pasted?q=a#steps)",
      "[no page](https://help.shop.example:8443/en/nowhere)",
      "[theirs](https://help.shop.example/en/pasted)",
    ].join(" ");
    const from = await write({ title: "Pastes", body });
    await host("");
    const { body: read } = await desk.ask("GET", `/api/widget/${desk.shop.publicKey}/articles/${from.id}`, {
      headers: { origin: HOME },
    });
    const links = JSON.stringify(read).match(/\{"type":"link"[^[]*\[[^\]]*\][^}]*\}/g) ?? [];
    expect(links.map((link) => JSON.parse(link))).toMatchObject([
      { href: `${HOME}${base}/en/pasted#steps`, article: id },
      { href: "https://help.shop.example:8443/en/nowhere" },
      { href: "https://help.shop.example/en/pasted" },
    ]);
  });

  test("is a host, belongs to one site, and never takes the console's away.", async () => {
    for (const wrong of ["https://help.example", "help.example/path", "a b", "user@help.example", "*.example"])
      expect([wrong, (await host(wrong)).fault]).toEqual([wrong, "invalid"]);
    await host("help.taken.example");
    const body = { helpHost: "HELP.taken.example" };
    expect((await desk.ask("PATCH", `/api/sites/${desk.cafe.id}`, { as: key, body })).fault).toBe("invalid");
    await host("desk.example");
    expect((await get("/api/sites", { host: "desk.example" })).status).toBe(401);
    expect((await write({ title: "Not at its root" })).url).toBe(`${HOME}${base}/en/not-at-its-root`);
    await host("");
  });
});
