import type { Page } from "playwright-core";

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
