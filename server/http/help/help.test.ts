import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startEffort } from "../../../test/support/effort.ts";
import { type HttpDesk, openHttpDesk } from "../../../test/support/http-desk.ts";
import type { Article } from "../../desk/articles/articles.ts";

let desk: HttpDesk;
let key: string;
let base: string;

const GROUP = "0198c7a0-1111-7000-8000-000000000001";
const OPEN = { visibility: "public", state: "published" };
const EN = {
  title: "Reset your board",
  body: "# Steps\n\nPress **reset** twice.\n\n# More\n\nText.",
  locale: "en",
  ...OPEN,
};

beforeAll(async () => {
  desk = await openHttpDesk();
  key = await desk.keyOf("owner");
  base = `/help/${desk.shop.publicKey}`;
  await write({ group: GROUP, category: "Boards / UNO" });
  await write({ title: "重置开发板", body: "快速按两次**复位**按钮。", locale: "zh-Hans", group: GROUP });
});
afterAll(() => desk.close());

async function write(input: object): Promise<Article> {
  const body = { ...EN, ...input };
  const answer = await desk.ask<Article>("POST", `/api/sites/${desk.shop.id}/articles`, { as: key, body });
  expect(answer.status).toBe(201);
  return answer.body;
}
const get = (path: string, headers: Record<string, string> = {}) => desk.ask<string>("GET", path, { headers });

describe("The help centre", () => {
  test("A reader gets their language, or the site's first.", async () => {
    const go = async (asked: string) =>
      (await get(base, { "accept-language": asked })).headers.get("location")?.slice(base.length);
    expect(await go("zh-TW,zh;q=0.9,en;q=0.8")).toBe("/zh-Hans");
    expect(await go("fr, en-GB;q=0.5")).toBe("/en");
    expect(await go("fr")).toBe("/en");
    // Who comes from the widget, in its language; one that nobody wrote in leaves the choice to the browser.
    const from = async (lang: string) =>
      (await get(`${base}?lang=${lang}`, { "accept-language": "en" })).headers.get("location")?.slice(base.length);
    expect([await from("zh-Hant"), await from("ja"), await from("")]).toEqual(["/zh-Hans", "/en", "/en"]);
    expect((await get(`${base}/en-GB`)).headers.get("location")).toBe(`${base}/en`);
  });

  test("Home, category and article lead to each other without a script.", async () => {
    const home = await get(`${base}/en`);
    expect(home.body).toContain(`href="${base}/en/reset-your-board"`);
    expect(home.body).toMatch(/<form class="help-search" role="search"/);
    const category = await get(`${base}/en/c/boards`);
    expect(category.body).toContain('<h2 id="uno" dir="auto">UNO</h2>');
    const article = await get(`${base}/en/reset-your-board`);
    expect(article.body).toContain(`<a href="${base}/en/c/boards" dir="auto">Boards</a>`);
    expect(article.body).toContain('<a href="#more" dir="auto">More</a>');
  });

  test("Every translation names the others, under the canonical address.", async () => {
    const { body } = await get(`${base}/zh-Hans/${encodeURIComponent("重置开发板")}`);
    const canonical = `https://desk.example${base}`;
    expect(body).toContain('<html lang="zh-Hans" dir="ltr">');
    expect(body).toContain(`<link rel="canonical" href="${canonical}/zh-Hans/${encodeURIComponent("重置开发板")}">`);
    expect(body).toContain(`hreflang="en" href="${canonical}/en/reset-your-board"`);
    expect(body).toContain(`hreflang="x-default" href="${canonical}/en/reset-your-board"`);
    const map = await get(`${base}/sitemap.xml`);
    expect(map.headers.get("content-type")).toContain("application/xml");
    // Two first pages and two articles, each naming both.
    expect(map.body.match(/<xhtml:link /g)).toHaveLength(8);
    const feed = await get(`${base}/en/feed.xml`);
    expect(feed.body).toContain("<title>Reset your board</title>");
    expect(feed.body).not.toContain("重置");
  });

  test("The feed tells of what changed last first, and a change of an old article is news again.", async () => {
    const [old, newer] = [await write({ title: "An old one" }), await write({ title: "A newer one" })];
    const told = async () => {
      const { body, headers } = await get(`${base}/en/feed.xml`);
      expect(headers.get("content-type")).toContain("application/atom+xml");
      return Array.from(body.matchAll(/<entry><title>([^<]*)/g), ([, title]) => title).slice(0, 2);
    };
    expect(await told()).toEqual(["A newer one", "An old one"]);
    await desk.ask("PUT", `/api/articles/${old.id}`, { as: key, body: { ...EN, title: "An old one, told anew" } });
    expect(await told()).toEqual(["An old one, told anew", "A newer one"]);
    for (const { id } of [old, newer]) await desk.ask("DELETE", `/api/articles/${id}`, { as: key });
  });

  test("Footnotes are numbers in the text and a list below it; the Markdown stays as it was written.", async () => {
    const source = "Since 2023[^blog].\n\n[^blog]: Says the **blog**\n\nLast";
    const { id, slug, body: kept } = await write({ title: "Since when", body: source });
    const { body } = await get(`${base}/en/${slug}`);
    expect(body).toContain(
      '<p dir="auto">Since 2023[1].</p><p dir="auto">Last</p><hr><ol start="1"><li dir="auto">Says the <strong>blog</strong></li></ol>',
    );
    expect(body).toContain('content="Since 2023. Last Says the blog"');
    expect(kept).toBe(source);
    await desk.ask("DELETE", `/api/articles/${id}`, { as: key });
  });

  test("No markup of an author's reaches a page, nor ends the data for search engines.", async () => {
    const title = "</script><script>alert(1)</script> <b>x</b> & co";
    const { slug } = await write({ title, body: "<script>alert(2)</script>Text \\<i>x\\</i>" });
    const { body, headers } = await get(`${base}/en/${slug}`);
    expect(body).toContain("&lt;b&gt;x&lt;/b&gt; &amp; co</h1>");
    expect(body).not.toMatch(/alert\(2\)|<i>|<b>|<script>/);
    const data = [...body.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(([, json = ""]) =>
      JSON.parse(json),
    );
    expect(data.map((one) => one["@type"])).toEqual(["TechArticle", "BreadcrumbList"]);
    expect(data[0].headline).toBe(title);
    expect(headers.get("content-security-policy")).toMatch(/default-src 'none'; script-src 'self'; style-src 'self';/);
    for (const file of body.matchAll(/(?:href|src)="(\/help\/[^"]+\.(?:css|js))"/g)) {
      const answer = await get(file[1] ?? "");
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, expect.stringContaining("immutable")]);
    }
  });

  test("A page is not sent twice, and a change is seen at once.", async () => {
    const made = await write({ title: "Old words" });
    const path = `${base}/en/${made.slug}`;
    const etag = (await get(path)).headers.get("etag") ?? "";
    expect((await get(path, { "if-none-match": `"other", W/${etag}` })).status).toBe(304);
    await desk.ask("PUT", `/api/articles/${made.id}`, { as: key, body: { ...EN, title: "New words" } });
    const after = await get(path, { "if-none-match": etag });
    expect(after.status).toBe(200);
    expect(after.body).toContain("New words");
    await desk.ask("DELETE", `/api/articles/${made.id}`, { as: key });
    expect((await get(path)).status).toBe(404);
  });

  test("Drafts and internal articles are nowhere.", async () => {
    const draft = await write({ title: "Secret draft", state: "draft" });
    const internal = await write({ title: "Secret internal", visibility: "internal" });
    for (const { slug } of [draft, internal]) expect((await get(`${base}/en/${slug}`)).status).toBe(404);
    for (const path of ["/en", "/sitemap.xml", "/en/feed.xml", "/en?q=secret"])
      expect((await get(`${base}${path}`)).body).not.toMatch(/secret (draft|internal)/i);
  });

  test("A search finds, marks and escapes; what is nowhere is said so.", async () => {
    const { body } = await get(`${base}/en?q=reset%20%3Cb%3E`);
    expect(body).toContain("“reset &lt;b&gt;”");
    expect(body).toMatch(/<mark>Reset<\/mark>/);
    expect(body).toContain('<meta name="robots" content="noindex">');
    const missing = await get(`${base}/zh-Hans/nowhere`);
    expect(missing.status).toBe(404);
    expect(missing.body).toContain("这里没有这个页面");
    expect(missing.body).toContain(`<a class="link" href="${base}/zh-Hans">回到首页</a>`);
  });

  test("The pages' own script waits for its page, so that it finds there what it goes to.", async () => {
    expect((await get(`${base}/en`)).body).toMatch(/<script defer src="[^"]*\/page-[\w-]+\.js"/);
  });

  test("Nobody prints in the dark: only screens are.", async () => {
    const [, sheet = ""] = /href="([^"]+\.css)"/.exec((await get(`${base}/en`)).body) ?? [];
    const asked = (await get(sheet)).body.match(/@media[^{]*prefers-color-scheme[^{]*/g);
    expect(asked).toEqual(["@media screen and (prefers-color-scheme: dark)"]);
  });

  test("A reader's answer counts once, without a script.", async () => {
    const { id, slug } = await write({ title: "Did it help" });
    const say = (solved: string, site = "same-origin") =>
      desk.app.request(`${base}/en/${slug}`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": site },
        body: `solved=${solved}`,
      });
    expect((await say("yes")).headers.get("location")).toBe(`${base}/en/${slug}#said-yes`);
    expect((await say("no")).headers.get("location")).toBe(`${base}/en/${slug}#said-no`);
    expect((await say("yes", "cross-site")).status).toBe(404);
    const kept = await desk.store.read((db) =>
      db.sql
        .selectFrom("verdict")
        .innerJoin("article", "article.id", "verdict.article")
        .select(["solved", "slug"])
        .execute(),
    );
    expect(kept).toEqual([{ solved: 0, slug }]);
    expect(id).toBeTruthy();
  });

  test("What a reader says after a search is a word about that question, with or without a script.", async () => {
    const { id, slug } = await write({ title: "Flash the bootloader" });
    const found = (await get(`${base}/en?q=${encodeURIComponent("flash bootloader")}`)).body;
    expect(found).toContain(`href="${base}/en/${slug}?q=flash%20bootloader"`);
    const say = (body: string, q: string) =>
      desk.app.request(`${base}/en/${slug}`, {
        method: "POST",
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          referer: `https://desk.example${base}/en/${slug}?q=${q}`,
        },
        body,
      });
    await say("solved=yes&session=abc-1", "flash%20bootloader");
    await say("solved=no&session=<b>", "bootloader%20gone");
    await say("solved=yes&session=abc-2", "");
    const rows = await desk.store.read((db) =>
      db.sql.selectFrom("reading").select(["q", "session", "solved"]).orderBy("id").execute(),
    );
    expect(rows).toEqual([
      { q: "flash bootloader", session: "abc-1", solved: 1 },
      { q: "bootloader gone", session: expect.stringMatching(/^page-/), solved: 0 },
    ]);
    // The page is one and the same for everybody, whatever they searched for.
    const [plain, asked] = [await get(`${base}/en/${slug}`), await get(`${base}/en/${slug}?q=flash`)];
    expect(asked.headers.get("etag")).toBe(plain.headers.get("etag"));
    expect(plain.body).toContain(`data-article="${id}" data-after="5"`);
  });

  test("A slash at the end leads to the page without one, the home's too.", async () => {
    for (const path of ["", "/en"]) {
      const { status, headers } = await desk.app.request(`${base}${path}/`);
      expect([status, headers.get("location")]).toEqual([301, `${base}${path}`]);
    }
  });

  test("Former addresses lead on, ours and those of the help centre before.", async () => {
    const made = await write({ title: "Moved", source: "zendesk/360012345", sourceId: "360012345" });
    const line = { ...EN, title: "Moved", source: "zendesk/360012345", former: ["article/12-moved"] };
    await desk.desk.articles.importer(desk.shop).take(line);
    const goes = async (path: string) => (await get(`${base}/${path}`)).headers.get("location");
    expect(await goes("article/12-moved")).toBe(`${base}/en/${made.slug}`);
    expect(await goes("hc/en-us/articles/360012345-An-older-title")).toBe(`${base}/en/${made.slug}`);
    await desk.ask("PUT", `/api/articles/${made.id}`, { as: key, body: { ...EN, title: "Moved", slug: "elsewhere" } });
    expect(await goes(`en/${made.slug}`)).toBe(`${base}/en/elsewhere`);
    expect(await goes("en/")).toBe(`${base}/en`);
  });

  test("What was read and sent most in a fortnight is named below the search, in the reader's language.", async () => {
    const often = async () => {
      const { body } = await get(`${base}/en`);
      const part = /<div class="help-often">(.*?)<\/div>/s.exec(body)?.[1] ?? "";
      return Array.from(part.matchAll(/dir="auto">([^<]+)<\/a>/g), ([, title]) => title);
    };
    const made = await Promise.all(["Rare", "Usual", "Hot", "Warm", "Cool"].map((title) => write({ title })));
    const [rare, usual, hot, warm, cool] = made.map(({ id }) => id);
    const uses = { [rare ?? ""]: 2, [usual ?? ""]: 4, [hot ?? ""]: 9, [warm ?? ""]: 6, [cool ?? ""]: 3 };
    await desk.desk.helpCentre.read(new Map(Object.entries(uses)));
    desk.clock.advance(60_000);
    expect(await often()).toEqual(["Hot", "Warm", "Usual"]);
    desk.clock.advance(15 * 24 * 3_600_000);
    expect(await often()).toEqual([]);
  });

  test("A public collection stands on the home and on a page of its own, in its order and in each language.", async () => {
    const second = await write({ title: "Second step" });
    const first = await write({ title: "First step", group: "0198c7a0-1111-7000-8000-000000000002" });
    await write({ title: "第一步", locale: "zh-Hans", group: "0198c7a0-1111-7000-8000-000000000002" });
    const draft = await write({ title: "Secret draft", state: "draft" });
    const collect = async (name: string, visibility: string, articles: string[]) =>
      desk.ask<{ id: string }>("POST", `/api/sites/${desk.shop.id}/collections`, {
        as: key,
        body: { name, visibility, articles },
      });
    await collect("For new agents", "internal", [first.id]);
    const { id } = (await collect("First steps", "public", [first.id, draft.id, second.id])).body;
    await collect("First steps", "public", [second.id]);

    const home = (await get(`${base}/en`)).body;
    expect(home).toContain(`<a href="${base}/en/collections/first-steps">First steps</a>`);
    expect(home).not.toMatch(/For new agents|Secret draft/);
    const page = (await get(`${base}/en/collections/first-steps`)).body;
    const order = [...page.matchAll(/<li><a href="[^"]*\/en\/([^"]+)"/g)].map(([, slug]) => slug);
    expect(order).toEqual(["first-step", "second-step"]);
    expect(page).toContain(`hreflang="zh-Hans" href="https://desk.example${base}/zh-Hans/collections/first-steps"`);
    expect((await get(`${base}/zh-Hans/collections/first-steps`)).body).toContain("第一步");
    expect((await get(`${base}/en/collections/nothing`)).status).toBe(404);
    expect(home.match(/\/en\/collections\/first-steps-\d+"/)).not.toBeNull();

    // A change of the order alone is seen at once.
    const body = { name: "First steps", visibility: "public", articles: [second.id, first.id] };
    await desk.ask("PUT", `/api/collections/${id}`, { as: key, body });
    const turned = (await get(`${base}/en/collections/first-steps`)).body;
    expect(turned.indexOf("/en/second-step")).toBeLessThan(turned.indexOf("/en/first-step"));
    expect((await get(`${base}/sitemap.xml`)).body).toContain(`${base}/en/collections/first-steps</loc>`);
  });

  test("Before anything is written there is a first page in every language, and at no other address.", async () => {
    const empty = `/help/${desk.cafe.publicKey}`;
    const status = async (path: string) => (await get(`${empty}/${path}`)).status;
    const others = ["favicon.ico", "wp-login.php?q=where+is+my+parcel", `${"a".repeat(8_000)}?q=where+is+my+parcel`];
    expect(await Promise.all(["en", "zh-Hans?q=hello", ...others].map(status))).toEqual([200, 200, 404, 404, 404]);
  });

  test("Slashes at the end of an address lead to it without them, and any number elsewhere holds nobody up.", async () => {
    const moved = await get(`${base}/en/reset-your-board//`);
    expect([moved.status, moved.headers.get("location")]).toEqual([301, `${base}/en/reset-your-board`]);
    const effort = startEffort();
    expect((await get(`${base}/a${"/".repeat(60_000)}b/`)).status).toBe(301);
    expect(effort()).toBeLessThan(1_500);
  });
});
