import type { BrowserContext, Page } from "playwright-core";
import type { Stage } from "./stage.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

/* What tests of pages with the widget on them look at. */

/** The shop's page with nothing on it but the tag. */
export const BLANK = "/hosts/blank.html";
/** The widget's files behind the launcher. */
export const ASSETS = /\/assets\//;

/** Loads that begin with the page's knowledge, from now on. */
export function scripts(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (ASSETS.test(request.url())) asked.push(request.url());
  });
  return asked;
}

/** What goes wrong in the page's scripts, from now on. */
export function problemsOf(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => void problems.push(String(error)));
  return problems;
}

/** A visitor whose browser is as the test made it. */
export async function visitorIn(stage: Stage, context: BrowserContext, path = BLANK): Promise<Visitor> {
  const visitor = createVisitor(await context.newPage(), "en", stage.demo.shop.url);
  await visitor.goes(path);
  return visitor;
}

/** From the home of the widget, of a person. */
export async function asks(visitor: Visitor, question: string): Promise<void> {
  await visitor.composer.fill(question);
  await visitor.sendsToAPerson();
  await visitor.sent(question);
}

/** Everything of ours that the page's origin keeps. */
export function stored(page: Page): Promise<string[]> {
  return page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name ?? ""),
    ...(await caches.keys()),
    ...document.cookie.split(";").filter(Boolean),
  ]);
}
