import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { openStage } from "../browser/stage.ts";
import { median } from "./latency.ts";

/*
 * `npm run bench -- widget`: what the widget costs a page and its visitor, beside the same page without it, in rounds that
 * take turns, each in a browser context of its own: nothing is cached. A phone of the middle class on a poor network, by
 * Chromium's own throttles.
 */

const ROUNDS = 7;
const CPU_SLOWDOWN = 4;
/** Lighthouse's slow 4G: 150 ms, 1.6 and 0.75 Mbit/s. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
/** Until then a page has done all that it does by itself, the fetching ahead included. */
const SETTLED_MS = 5_000;
const MB = 1_000_000;

const BARS = {
  launcherMs: 550,
  blockingMs: 25,
  coldMs: 400,
  aheadMs: 160,
  hoverMs: 60,
  heapBefore: 0.1,
  heapAfter: 0.8,
  shift: 0,
};

/** What a page tells of itself. */
interface Seen {
  launcher: number;
  blocking: number;
  shift: number;
}

type Row = [what: string, unit: string, empty: number | undefined, ours: number, bar: number | undefined];

declare global {
  interface Window {
    seen: Seen;
  }
}

export async function benchWidget(): Promise<void> {
  const stage = await openStage();
  const { browser, demo } = stage;
  const at = (path: string) => `${demo.shop.url}/hosts/${path}.html`;
  const [empty, ours] = [at("other"), at("blank")];
  const figures = new Map<string, number[]>();
  const note = (name: string, value: number) => void figures.set(name, [...(figures.get(name) ?? []), value]);
  try {
    // The server's first answers are its slowest: nobody's figure.
    for (const url of [empty, ours]) await life(browser, url);
    for (let round = 0; round < ROUNDS; round++) {
      const order = round % 2 ? [ours, empty] : [empty, ours];
      for (const url of order) {
        const name = url === ours ? "ours" : "empty";
        const { blocking, shift, launcher } = await life(browser, url);
        note(`${name} blocking`, blocking);
        note(`${name} shift`, shift);
        note(`${name} launcher`, launcher);
        for (const [moment, bytes] of Object.entries(await heap(browser, url, name === "ours")))
          note(`${name} ${moment}`, bytes);
      }
      for (const way of ["cold", "ahead", "hover"] as const) note(way, await click(browser, ours, way));
      process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
    }
  } finally {
    await stage.close();
  }
  const of = (name: string) => median(figures.get(name) ?? []);
  const heapOf = (moment: string) => (of(`ours ${moment}`) - of("empty before")) / MB;
  tell([
    ["launcher on the screen", "ms", of("empty launcher"), of("ours launcher"), BARS.launcherMs],
    ["blocking time", "ms", of("empty blocking"), of("ours blocking"), of("empty blocking") + BARS.blockingMs],
    ["click to composer, cold", "ms", undefined, of("cold"), BARS.coldMs],
    ["click to composer, fetched ahead", "ms", undefined, of("ahead"), BARS.aheadMs],
    ["click to composer, after hovering", "ms", undefined, of("hover"), BARS.hoverMs],
    ["heap more than the empty page's", "MB", 0, heapOf("before"), BARS.heapBefore],
    ["  with the app fetched ahead", "MB", 0, heapOf("ahead"), undefined],
    ["  with the panel open", "MB", 0, heapOf("after"), BARS.heapAfter],
    ["layout shift", "", of("empty shift"), of("ours shift"), BARS.shift],
  ]);
}

/** A visit without a click. For the empty page, its first paint stands where the launcher's would. */
async function life(browser: Browser, url: string): Promise<Seen> {
  const { page, context } = await slowPage(browser);
  await page.goto(url);
  await page.waitForFunction((ms) => performance.now() > ms, SETTLED_MS);
  const seen = await page.evaluate(() => window.seen);
  await context.close();
  return seen;
}

/** Ms from the click until the composer has been painted. */
async function click(browser: Browser, url: string, way: "cold" | "ahead" | "hover"): Promise<number> {
  const { page, context } = await slowPage(browser, way !== "ahead");
  const come =
    way !== "cold" && page.waitForEvent("requestfinished", (request) => /\/assets\/app-/.test(request.url()));
  await page.goto(url);
  const launcher = page.locator("deskbell-widget button.launcher");
  await launcher.waitFor();
  if (way === "hover") await launcher.hover();
  if (come) {
    await come;
    // Fetched is not yet compiled and run; whoever hovers or reads takes longer than that.
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  }
  const ms = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const root = document.querySelector("deskbell-widget")?.shadowRoot;
        const start = performance.now();
        root?.querySelector<HTMLElement>("button.launcher")?.click();
        const look = () => {
          if (!root?.querySelector("dialog[open] textarea")) return requestAnimationFrame(look);
          // The frame that shows it has begun; a message comes after it was painted.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now() - start);
          port2.postMessage(undefined);
        };
        requestAnimationFrame(look);
      }),
  );
  await context.close();
  return ms;
}

/** Bytes in use, without what is garbage: the page alone, with the app fetched ahead, with the panel open. */
async function heap(browser: Browser, url: string, opens: boolean): Promise<Record<string, number>> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await saveData(context);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const used = async () => {
    for (let times = 0; times < 3; times++) await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize;
  };
  await page.goto(url, { waitUntil: "load" });
  const found = (selector: string) =>
    page.waitForFunction((one) => document.querySelector("deskbell-widget")?.shadowRoot?.querySelector(one), selector);
  // In either case: what the browser's driver brings into a page to look at it counts for both.
  await (opens ? found("button.launcher") : page.waitForFunction(() => document.body));
  const measured: Record<string, number> = { before: await used() };
  if (opens) {
    const come = page.waitForEvent("requestfinished", (request) => /\/assets\/app-/.test(request.url()));
    await page.evaluate(() =>
      document
        .querySelector("deskbell-widget")
        ?.shadowRoot?.querySelector("button")
        ?.dispatchEvent(new PointerEvent("pointerenter")),
    );
    await come;
    await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
    measured.ahead = await used();
    await page.evaluate("Deskbell.open()");
    await found("dialog[open] textarea");
    // What it asked the server for has come as well.
    await found(".panel:not(:has(.bone)) .clip");
    measured.after = await used();
  }
  await context.close();
  return measured;
}

async function slowPage(browser: Browser, saves = false): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, hasTouch: false });
  if (saves) await saveData(context);
  await context.addInitScript(() => {
    window.seen = { launcher: 0, blocking: 0, shift: 0 };
    const watch = (type: string, act: (entry: PerformanceEntry) => void) =>
      new PerformanceObserver((list) => list.getEntries().forEach(act)).observe({ type, buffered: true });
    watch("longtask", ({ duration }) => {
      window.seen.blocking += Math.max(0, duration - 50);
    });
    watch("layout-shift", (entry) => {
      window.seen.shift += (entry as PerformanceEntry & { value: number }).value;
    });
    watch("paint", ({ startTime }) => {
      window.seen.launcher ||= startTime;
    });
    const look = () => {
      const button = document.querySelector("deskbell-widget")?.shadowRoot?.querySelector("button");
      if (!button?.clientWidth) return requestAnimationFrame(look);
      requestAnimationFrame((now) => {
        window.seen.launcher = now;
      });
    };
    requestAnimationFrame(look);
  });
  const page = await context.newPage();
  const session: CDPSession = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW_4G);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  return { context, page };
}

/** Nothing is fetched ahead. */
function saveData(context: BrowserContext) {
  return context.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: { saveData: true } });
  });
}

function tell(rows: readonly Row[]): void {
  const written = (value: number | undefined, unit: string) =>
    value === undefined ? "" : `${value.toFixed(unit === "ms" ? 0 : 3)} ${unit}`.trim();
  const line = (...cells: string[]) =>
    console.log(cells.map((cell, at) => (at ? cell.padStart(14) : cell.padEnd(36))).join(""));
  console.log(`\n${CPU_SLOWDOWN} × slower processor, slow 4G, median of ${ROUNDS}\n`);
  line("", "empty page", "with widget", "at most", "");
  for (const [what, unit, empty, ours, bar] of rows) {
    const holds = bar === undefined || ours <= bar;
    line(
      what,
      written(empty, unit),
      written(ours, unit),
      written(bar, unit),
      bar === undefined ? "" : holds ? "ok" : "MISSED",
    );
    if (!holds) process.exitCode = 1;
  }
}
