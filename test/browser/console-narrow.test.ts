import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./stage.ts";

/* No page scrolls: what is wider than the screen can neither be read nor reached on a phone, what is longer scrolls in it. */

const WIDTHS = [320, 390, 768, 899] as const;
const HEIGHT = 844;

let stage: Stage;
let page: Page;
let paths: Record<string, string>;
beforeAll(async () => {
  stage = await openStage();
  const agent = await stage.agent({ viewport: { width: 1440, height: HEIGHT } });
  page = agent.page;
  const { article, translation, collection } = await furnish();
  await agent.row("").first().click();
  await agent.writer.waitFor();
  paths = {
    inbox: "/console/inbox/all",
    conversation: new URL(page.url()).pathname,
    articles: "/console/knowledge",
    article: `/console/knowledge/${article}`,
    "a translation that is behind": `/console/knowledge/${translation}`,
    "a new article": "/console/knowledge/new",
    collections: "/console/collections",
    collection: `/console/collections/${collection}`,
    "what is needed most": "/console/collections/needed",
    install: "/console/settings/install",
    appearance: "/console/settings/appearance",
    wording: "/console/settings/wording",
    site: "/console/settings/site",
    replies: "/console/settings/replies",
    people: "/console/settings/people",
    keys: "/console/settings/keys",
    profile: "/console/settings/profile",
  };
}, 120_000);
afterAll(() => stage?.close());

/** Articles whose words are hard to break, in a language with a long name, and a collection of them. */
async function furnish() {
  const call = async <T>(method: string, path: string, data?: object): Promise<T> => {
    const origin = stage.demo.server.url;
    const answer = await page.request.fetch(origin + path, { method, headers: { origin }, ...(data && { data }) });
    return (await answer.json()) as T;
  };
  const { items } = await call<{ items: { id: string }[] }>("GET", "/api/sites");
  const site = items[0]?.id ?? "";
  const title = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  const body = `https://example.com/${"a-very-long-address/".repeat(12)}\n\n| a | b | c | d | e | f |\n|-|-|-|-|-|-|\n| ${title} | ${title} | 3 | 4 | 5 | 6 |\n\n\`\`\`\n${"x".repeat(300)}\n\`\`\``;
  const input = { title, body, locale: "en", state: "published", category: title };
  const article = await call<{ id: string; group: string }>("POST", `/api/sites/${site}/articles`, input);
  const translation = { ...input, locale: "zh-Hans", group: article.group };
  const other = await call<{ id: string }>("POST", `/api/sites/${site}/articles`, translation);
  await call("PUT", `/api/articles/${article.id}`, { ...input, body: `${body}\n\nMore.` });
  const collection = await call<{ id: string }>("POST", `/api/sites/${site}/collections`, {
    name: title,
    articles: [article.id, other.id],
  });
  return { article: article.id, translation: other.id, collection: collection.id };
}

/** How far the page goes beyond the screen, and what sticks out of it where one can see it. */
function beyond() {
  return page.evaluate(() => {
    const screen = document.documentElement.clientWidth;
    const sideways = document.documentElement.scrollWidth - screen;
    /** Whether something around it scrolls by itself, or cuts it off: then it is not the page that is too wide. */
    const held = (element: Element): boolean => {
      for (let at = element.parentElement; at; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== "visible") return true;
      return false;
    };
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const { right, width, height } = element.getBoundingClientRect();
      return (
        width > 0 &&
        height > 0 &&
        right > screen + 1 &&
        getComputedStyle(element).visibility === "visible" &&
        !held(element)
      );
    });
    // Whatever is longer than the screen scrolls in it.
    const down = document.documentElement.scrollHeight - innerHeight;
    return { sideways, down, wide: wide.map(({ tagName, className }) => `${tagName} ${className}`) };
  });
}

/** Boxes of our own that scroll or cut sideways although nothing in them may. */
function cut() {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        ".page, .page-main, .side, .course, .course-body, .settings, .list, .main, .writer, .editor",
      ),
    ]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map(({ className, scrollWidth, clientWidth }) => `${className} ${scrollWidth} > ${clientWidth}`),
  );
}

/** Frames whose contents stick out of them. */
function burst(frames: string) {
  return page.locator(frames).evaluateAll((all) =>
    all.flatMap((frame) => {
      const { right, bottom } = frame.getBoundingClientRect();
      return [...frame.querySelectorAll("*")]
        .filter((part) => getComputedStyle(part).visibility === "visible")
        .map((part) => ({ name: `${part.tagName} ${part.className}`, box: part.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.right > right + 1 || box.bottom > bottom + 1))
        .map(({ name }) => name);
    }),
  );
}

describe.each(WIDTHS)("at %i px", (width) => {
  test("no page of the console scrolls as a whole, and nothing is cut off", async () => {
    await page.setViewportSize({ width, height: HEIGHT });
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(stage.demo.server.url + path);
      await page.locator(".shell").waitFor();
      await page.waitForLoadState("networkidle");
      expect([name, await beyond(), await cut()]).toEqual([name, { sideways: 0, down: 0, wide: [] }, []]);
    }
  });
});

test.each([320, 1440])("at %i px a link that is shown once stays in its frame", async (width) => {
  await page.setViewportSize({ width, height: HEIGHT });
  await page.goto(stage.demo.server.url + paths.people);
  await page.getByLabel("Name").fill("Nils Berg");
  await page.getByLabel("Email").fill(`nils-${width}@finch-and-ohm.example`);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.locator(".once").waitFor();
  expect(await burst(".once")).toEqual([]);
});

describe("on a phone", () => {
  test("there is room for what is searched, and a title that is looked for has two lines", async () => {
    await page.setViewportSize({ width: 360, height: HEIGHT });
    await page.goto(stage.demo.server.url + paths.articles);
    const field = page.getByRole("searchbox");
    expect((await field.boundingBox())?.width).toBeGreaterThan(250);
    await page.goto(stage.demo.server.url + paths.collection);
    await page.getByRole("button", { name: "Add an article" }).click();
    await field.fill("the servo motors from the Starter Kit");
    const titles = page.locator(".finder-pick > .clip");
    await titles.first().waitFor();
    const heights = await titles.evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().height)));
    expect(Math.max(...heights)).toBe(40);
  });

  test("the help centre's head is one line in Chinese too", async () => {
    await page.setViewportSize({ width: 360, height: HEIGHT });
    await page.goto(stage.demo.server.url + paths.articles);
    const address = await page.evaluate(async () => {
      const site = (await (await fetch("/api/sites")).json()).items[0];
      const { items } = await (await fetch(`/api/sites/${site.id}/articles?limit=50`)).json();
      return items.find(({ locale, url }: { locale: string; url?: string }) => locale === "zh-Hans" && url).url;
    });
    await page.goto(new URL(new URL(address).pathname, stage.demo.server.url).href);
    expect((await page.locator(".help-head").boundingBox())?.height).toBe(65);
  });

  test("what stands beside a text is chosen in a bar that holds all its words, none broken", async () => {
    await page.setViewportSize({ width: 320, height: HEIGHT });
    await page.goto(stage.demo.server.url + paths["a translation that is behind"]);
    await page.getByText("What changed").waitFor();
    expect(await burst(".editor-tools")).toEqual([]);
    const broken = await page.locator(".choice-sm > label").evaluateAll((all) =>
      all
        .filter((label) => {
          const { fontSize } = getComputedStyle(label);
          const words = label.textContent?.split(" ").length ?? 1;
          return label.clientHeight > 10 + words * 1.4 * Number.parseFloat(fontSize);
        })
        .map((label) => label.textContent),
    );
    expect(broken).toEqual([]);
  });

  test("a picker, the palette, menus and a hovered button stay on the screen", async () => {
    await page.setViewportSize({ width: 320, height: HEIGHT });
    await page.goto(stage.demo.server.url + paths.conversation);
    const field = page.locator("#writing");
    await field.fill("#board");
    await page.locator(".pick").first().waitFor();
    expect(await beyond()).toEqual({ sideways: 0, down: 0, wide: [] });
    await field.fill("");
    await page.goto(stage.demo.server.url + paths.articles);
    for (const item of await page.locator(".rail-item").all()) {
      await item.hover();
      expect(await beyond()).toEqual({ sideways: 0, down: 0, wide: [] });
    }
    await page.locator(".rail-face").click();
    expect(await beyond()).toEqual({ sideways: 0, down: 0, wide: [] });
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.locator(".palette-input").waitFor();
    expect(await beyond()).toEqual({ sideways: 0, down: 0, wide: [] });
  });

  test("the editor's bar holds its title, what is saved and the way to readers beside each other, never over each other", async () => {
    await page.setViewportSize({ width: 320, height: HEIGHT });
    await page.goto(stage.demo.server.url + paths.article);
    await page.locator(".source").fill("Something else.");
    await page.getByText(/^Saved as a draft/).waitFor();
    expect(await beyond()).toEqual({ sideways: 0, down: 0, wide: [] });
    const parts = page.locator(".editor-bar > button, .editor-bar > h1, .editor-bar > .bar-end > *");
    const boxes = await parts.evaluateAll((all) =>
      all.map((part) => {
        const { left, top, right, bottom } = part.getBoundingClientRect();
        return { name: part.textContent, left, top, right, bottom };
      }),
    );
    const over = boxes.flatMap((one, at) =>
      boxes
        .slice(at + 1)
        .filter(
          (other) =>
            one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom,
        )
        .map((other) => `${one.name} over ${other.name}`),
    );
    expect([boxes.length >= 5, over]).toEqual([true, []]);
  });

  test("the section of the settings that one is in is in sight, however far along its strip", async () => {
    await page.setViewportSize({ width: 390, height: HEIGHT });
    for (const path of [paths.profile, paths.install]) {
      await page.goto(stage.demo.server.url + path);
      const here = page.locator(".subnav [aria-current]");
      await here.waitFor();
      await expect
        .poll(() =>
          here.evaluate((item) => {
            const { left, right } = item.getBoundingClientRect();
            return left >= 0 && right <= innerWidth;
          }),
        )
        .toBe(true);
    }
  });

  test("an article is read from a course, and what was read is ticked", async () => {
    await page.setViewportSize({ width: 390, height: HEIGHT });
    await page.goto(stage.demo.server.url + paths.collection);
    await page.locator(".course-title").first().click();
    await page.getByRole("button", { name: "Read, next" }).click();
    await page.getByText("1 of 2 read").waitFor();
    expect(await beyond()).toEqual({ sideways: 0, down: 0, wide: [] });
  });
});
