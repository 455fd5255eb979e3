import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeAgainst } from "./axe.ts";
import { type Hung, hang } from "./contact-sheet.ts";
import { difference, wrongWith } from "./references.ts";
import { openTour, type Talk, type Tour } from "./states.ts";
import { still, stopTime } from "./still.ts";
import type { Spoken, Visitor } from "./visitor.ts";

/*
 * Every state of the widget, looked at by axe and beside its reference (see references.ts). With
 * `DESKBELL_SCREENSHOTS=1` they are drawn as people see them instead, and hung on the sheet of the docs.
 */

const WANTED = process.env.DESKBELL_SCREENSHOTS === "1";
/** What of the page is shown while the widget is closed. */
const CORNER = { width: 384, height: 640 };

interface Row {
  name: string;
  title: string;
  path: string;
  language: Spoken;
  options: BrowserContextOptions;
  /** The same states once more, dark. */
  dark?: { name: string; title: string };
  talk: Talk;
}

const ROWS: Row[] = [
  {
    name: "light",
    title: "Light",
    dark: { name: "dark", title: "Dark" },
    path: "/products/uno-r4-wifi",
    language: "en",
    options: {},
    talk: {
      asks: "my board is not detected",
      question: "My board is not detected, I tried both cables.",
      answer: "Which lights are on when you plug it in?",
      more: "Only the green one.",
      later: "It works with the other cable.",
      comment: "Quick and clear.",
    },
  },
  {
    name: "phone",
    title: "Phone",
    path: "/products/uno-r4-wifi",
    language: "en",
    options: { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true },
    talk: {
      asks: "select board and port",
      question: "Where is my order? It was sent on Monday.",
      answer: "It is in your town and comes this afternoon.",
      more: "Lovely, thank you.",
      later: "It is here.",
      comment: "She looked it up at once.",
    },
  },
  {
    name: "zh-Hans",
    title: "简体中文",
    path: "/zh/",
    language: "zh-Hans",
    options: {},
    talk: {
      asks: "开发板连不上无线网",
      question: "开发板连不上家里的无线网，手机热点可以",
      answer: "请看一下路由器是不是只开了 5 GHz。",
      more: "打开 2.4 GHz 就好了，谢谢！",
      later: "现在连上了。",
      comment: "回答很清楚。",
    },
  },
  {
    name: "ar",
    title: "العربية",
    path: "/products/uno-r4-wifi",
    language: "ar",
    options: {},
    talk: {
      asks: "delivery",
      question: "مرحبًا، متى يصل الطلب رقم DB-20418؟",
      answer: "أهلًا بك. خرج الطلب اليوم وسيصل يوم الخميس.",
      more: "شكرًا جزيلًا",
      later: "وصل الطلب.",
      comment: "رد سريع وواضح.",
    },
  },
];

let tour: Tour;
const hung: Hung[] = [];
beforeAll(async () => {
  tour = await openTour();
}, 120_000);
afterAll(async () => {
  if (hung.length > 0) await hang(tour.stage.browser, hung);
  await tour?.close();
});

describe.for(ROWS)("the widget in all its states, $name", ({ name, title, dark, path, language, options, talk }) => {
  test("looks as it did, and axe has nothing against it", async () => {
    const visitor = await tour.stage.visitor(language, path, options);
    const { page } = visitor;
    if (!WANTED) await stopTime(page);
    await page.reload();
    const looks = [
      { name, title, colorScheme: "light" as const, shots: [] as Hung["shots"] },
      ...(dark ? [{ ...dark, colorScheme: "dark" as const, shots: [] as Hung["shots"] }] : []),
    ];
    const seen: string[] = [];
    const wrong: string[] = [];
    const look = async (state: string) => {
      seen.push(state);
      if (!WANTED) await still(page);
      for (const { name, colorScheme, shots } of looks) {
        await page.emulateMedia({ colorScheme });
        if (WANTED) shots.push({ state, png: await shoot(visitor) });
        else {
          const file = state.replace(/\W+/g, "-").replace(/-$/, "");
          const differs = await wrongWith(`${name}/${file}`, () => shoot(visitor));
          if (differs) wrong.push(differs);
          for (const found of await axeAgainst(page, onTop(state))) wrong.push(`${name}, ${state}: axe: ${found}`);
        }
      }
    };
    await visitor.launcher.waitFor();
    await look("closed");
    // What was found on the way is told as well where the way ends too early.
    await tour.lead(visitor, talk, look).catch((error) => wrong.push(`after “${seen.at(-1)}”: ${error}`));
    await page.context().close();
    expect(wrong).toEqual([]);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(28);
    if (WANTED) hung.push(...looks);
  }, 240_000);
});

describe("a picture beside its reference", () => {
  test.each([
    ["something is missing", ".send { visibility: hidden }", true],
    ["a colour is another", ".composer { border-color: #8a5a00 !important }", true],
    ["something stands 12 px further", ".composer { translate: 0 -12px }", true],
    ["a text is heavier", ".panel-title * { font-weight: 600 !important }", true],
    ["the page asks for another font", ":host, .ui { font-family: 'Courier New', serif }", false],
  ] as const)("where %s: %s", async (_what, css, differs) => {
    const visitor = await tour.stage.visitor("en", "/contact");
    await stopTime(visitor.page);
    await visitor.page.reload();
    await visitor.rings();
    await visitor.sendsToAPerson();
    await visitor.panel.getByRole("button", { name: visitor.say("composer.attach") }).waitFor();
    await still(visitor.page);
    const before = await shoot(visitor);
    await visitor.page.evaluate((text) => {
      const root = document.querySelector("deskbell-widget")?.shadowRoot;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      if (root) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    }, css);
    await still(visitor.page);
    expect(Boolean(await difference(before, await shoot(visitor)))).toBe(differs);
    await visitor.page.context().close();
  });
});

/** A picture is modal: what lies behind it is out of reach. */
function onTop(state: string) {
  return state === "picture" ? { fromShadowDom: ["deskbell-widget", ".viewer"] } : "deskbell-widget";
}

/** The panel, or what lies over it, or the corner it opens from. */
async function shoot({ page, widget }: Visitor): Promise<Buffer> {
  // Nothing is hovered.
  await page.mouse.move(1, 1);
  const panel = widget.locator("dialog.panel[open]");
  const viewer = widget.locator("dialog.viewer[open]");
  const size = page.viewportSize() ?? CORNER;
  const corner = { x: Math.max(0, size.width - CORNER.width), y: size.height - CORNER.height, ...CORNER };
  const box = (await viewer.isVisible()) ? null : (await panel.isVisible()) ? await panel.boundingBox() : corner;
  return page.screenshot({ ...(box && { clip: box }), animations: "disabled", caret: "hide" });
}
