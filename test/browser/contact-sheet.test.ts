import type { BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { speak } from "./language-audit.ts";
import { picture } from "./picture.ts";
import { openTour, type Talk, type Tour } from "./states.ts";
import type { Language } from "./visitor.ts";

const WANTED = process.env.DESKBELL_SCREENSHOTS === "1";
/** The sheet's measures, px: as high as a state is drawn, and how many stand in a row. */
const HEIGHT = 400;
const IN_A_ROW = 10;
/** What of the page is shown while the widget is closed. */
const CORNER = { width: 384, height: 640 };

interface Row {
  name: string;
  path: string;
  language: Language;
  /** What it speaks while it is looked at, where that is another language. */
  locale?: string;
  options: BrowserContextOptions;
  /** The same states once more, dark. */
  dark?: string;
  talk: Talk;
}

const ROWS: Row[] = [
  {
    name: "Light",
    dark: "Dark",
    path: "/products/uno-r4-wifi",
    language: "en",
    options: {},
    talk: {
      asks: "my board is not detected",
      question: "My board is not detected, I tried both cables.",
      answer: "Which lights are on when you plug it in?",
      more: "Only the green one.",
      comment: "Quick and clear.",
    },
  },
  {
    name: "Phone",
    path: "/products/uno-r4-wifi",
    language: "en",
    options: { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true },
    talk: {
      asks: "where is my order",
      question: "Where is my order? It was sent on Monday.",
      answer: "It is in your town and comes this afternoon.",
      more: "Lovely, thank you.",
      comment: "She looked it up at once.",
    },
  },
  {
    name: "简体中文",
    path: "/zh/",
    language: "zh-Hans",
    options: {},
    talk: {
      asks: "开发板连不上无线网",
      question: "开发板连不上家里的无线网，手机热点可以",
      answer: "请看一下路由器是不是只开了 5 GHz。",
      more: "打开 2.4 GHz 就好了，谢谢！",
      comment: "回答很清楚。",
    },
  },
  {
    name: "العربية",
    path: "/products/uno-r4-wifi",
    language: "en",
    locale: "ar",
    options: {},
    talk: {
      asks: "delivery",
      question: "مرحبًا، متى يصل الطلب رقم DB-20418؟",
      answer: "أهلًا بك. خرج الطلب اليوم وسيصل يوم الخميس.",
      more: "شكرًا جزيلًا",
      comment: "رد سريع وواضح.",
    },
  },
];

let tour: Tour;
interface Shot {
  state: string;
  png: Buffer;
}
const rows: { name: string; shots: Shot[] }[] = [];
beforeAll(async () => {
  tour = await openTour();
}, 120_000);
afterAll(async () => {
  if (rows.length > 0) await hang();
  await tour?.close();
});

describe.for(ROWS)("the states of the widget, $name", ({ name, dark, path, language, locale, options, talk }) => {
  test("can each be reached", async () => {
    const visitor = await tour.stage.visitor(language, path, options);
    const { page } = visitor;
    const looks = [
      { name, colorScheme: "light" as const, shots: [] as Shot[] },
      ...(dark ? [{ name: dark, colorScheme: "dark" as const, shots: [] as Shot[] }] : []),
    ];
    const seen: string[] = [];
    const look = async (state: string) => {
      seen.push(state);
      const panel = visitor.widget.locator("dialog[open]");
      const open = await panel.isVisible();
      if (open && locale) await speak(page, locale);
      for (const { colorScheme, shots } of WANTED ? looks : []) {
        await page.emulateMedia({ colorScheme });
        const size = page.viewportSize() ?? CORNER;
        const corner = { x: Math.max(0, size.width - CORNER.width), y: size.height - CORNER.height, ...CORNER };
        const clip = (open && (await panel.boundingBox())) || corner;
        shots.push({ state, png: await page.screenshot({ clip, animations: "disabled", caret: "hide" }) });
      }
      if (open && locale) await speak(page, language);
    };
    await visitor.launcher.waitFor();
    await look("closed");
    await tour.lead(visitor, talk, look);
    await page.context().close();
    expect(seen.length).toBeGreaterThan(IN_A_ROW);
    expect(new Set(seen).size).toBe(seen.length);
    if (WANTED) rows.push(...looks);
  }, 120_000);
});

/** Hangs everything that was shot on one sheet. */
async function hang() {
  const cell = ({ state, png }: Shot) =>
    `<figure><img height=${HEIGHT} src="data:image/png;base64,${png.toString("base64")}"><figcaption>${state}</figcaption></figure>`;
  const page = await tour.stage.browser.newPage();
  await page.setViewportSize({ width: IN_A_ROW * 256 + 64, height: 800 });
  await page.setContent(
    `<style>
      body { margin: 40px; background: #e6ebed; font: 14px/20px system-ui; color: #0e1418 }
      h2 { margin: 32px 0 16px; font-size: 20px }
      section { display: grid; grid-template-columns: repeat(${IN_A_ROW}, 240px); gap: 16px }
      figure { margin: 0 }
      img { display: block; max-width: 100%; border-radius: 10px; box-shadow: 0 8px 24px -8px #0e141840 }
      figcaption { margin-top: 6px; color: #4c5a63 }
    </style>${rows.map(({ name, shots }) => `<h2>${name}</h2><section>${shots.map(cell).join("")}</section>`).join("")}`,
  );
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: IN_A_ROW * 256 + 64, height });
  await picture(page, "contact-sheet");
  await page.close();
}
