import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { buildIfStale } from "../../demo/build.ts";
import { type Demo, startDemo } from "../../demo/demo.ts";
import { start } from "../../server/start.ts";
import { launchBrowser } from "../support/browser.ts";
import { type Agent, createAgent } from "./agent.ts";
import { createVisitor, type Spoken, type Visitor } from "./visitor.ts";

/** The whole of it: the server, the shop on another origin, a browser, and people who use them. */
export interface Stage {
  readonly demo: Demo;
  readonly browser: Browser;
  /** Somebody in a browser of their own, on a page of the shop; in Arabic that is the English one, turned round. */
  visitor(language: Spoken, path: string, options?: BrowserContextOptions): Promise<Visitor>;
  /** An agent who came in by the link that works once. */
  agent(options?: BrowserContextOptions): Promise<Agent>;
  close(): Promise<void>;
}

const BROWSER_LOCALES: Record<Spoken, string> = { en: "en-GB", "zh-Hans": "zh-CN", ar: "ar-EG" };

/** Sets the stage with the demo's people in a database that is thrown away; `more` adds to the environment. */
export async function openStage(more: Record<string, string> = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "deskbell-stage-"));
  const log = pino({ level: "warn" }, pino.destination(2));
  const demo = await startDemo({
    env: { PORT: "0", HOST: "127.0.0.1", DATA_DIR: folder, LOG_LEVEL: "warn", ...more },
    serve: (env) => start({ env, log }),
    build: () => buildIfStale(() => {}),
    say: () => {},
  });
  // Some hundred articles are read at the first question: nobody's first look is to wait for that.
  const { desk } = demo.server.app;
  await desk.suggestions.warm(await desk.sites.byPublicKey(demo.siteKey));
  const browser = await launchBrowser();
  return {
    demo,
    browser,
    visitor: async (language, path, options = {}) => {
      const context = await browser.newContext({
        locale: BROWSER_LOCALES[language],
        viewport: { width: 1280, height: 800 },
        reducedMotion: "reduce",
        ...options,
      });
      if (language === "ar") await context.addInitScript(turnRound);
      const visitor = createVisitor(await context.newPage(), language, demo.shop.url);
      await visitor.goes(path);
      return visitor;
    },
    agent: async (options = {}) => {
      const context = await browser.newContext({
        locale: "en-GB",
        viewport: { width: 1440, height: 900 },
        reducedMotion: "reduce",
        ...options,
      });
      const agent = createAgent(await context.newPage());
      await agent.comesIn(await demo.signInUrl());
      return agent;
    },
    close: async () => {
      await browser.close();
      await demo.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs in the page before anything of it: as it is read, it becomes one from right to left. */
function turnRound() {
  new MutationObserver((_, observer) => {
    document.documentElement.lang = "ar";
    document.documentElement.dir = "rtl";
    observer.disconnect();
  }).observe(document, { childList: true });
}
