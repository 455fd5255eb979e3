import type { Page } from "playwright-core";
import { directionOf } from "../../ui/locale.ts";
import type { Table } from "../../ui/sentences.ts";

/** Has the widget speak a language, and waits until it does. */
export async function speak(page: Page, tag: string): Promise<void> {
  await page.evaluate((to) => (window as unknown as Calls).Deskbell("setLocale", to), tag);
  await page.waitForFunction(
    (to) => document.querySelector("deskbell-widget")?.shadowRoot?.querySelector(".ui")?.getAttribute("lang") === to,
    tag,
  );
  // Drawn, and drawn again by what measures itself.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/**
 * What is wrong with what the widget shows in a language: English where it has words of its own, the wrong direction,
 * text that is cut, text or controls outside the panel. One line each.
 */
export async function wrongIn(page: Page, tag: string, said: Table, english: Table): Promise<string[]> {
  const translated = Object.entries(english)
    .filter(([key, text]) => said[key as keyof Table] !== text && !Object.values(said).includes(text))
    .map(([, text]) => text);
  return page.evaluate(findWrong, { tag, dir: directionOf(tag), translated, mirrored: directionOf(tag) === "rtl" });
}

interface Calls {
  Deskbell(verb: string, ...args: unknown[]): void;
}

/** Runs in the page, so that everything it needs stands in it. */
function findWrong(asked: { tag: string; dir: string; translated: string[]; mirrored: boolean }): string[] {
  const wrong: string[] = [];
  const root = document.querySelector("deskbell-widget")?.shadowRoot;
  const surface = root?.querySelector<HTMLElement>(".ui");
  const panel = root?.querySelector<HTMLElement>(".panel[open]");
  const launcher = root?.querySelector<HTMLElement>(".launcher");
  if (!surface || !launcher) return ["there is no widget"];
  // Closed, it says what its launcher is called.
  if (!panel) return asked.translated.includes(launcher.ariaLabel ?? "") ? [`English: ${launcher.ariaLabel}`] : [];
  if (surface.lang !== asked.tag) wrong.push(`lang is ${surface.lang}`);
  if (surface.dir !== asked.dir) wrong.push(`dir is ${surface.dir}`);
  if (getComputedStyle(panel).direction !== asked.dir) wrong.push("the panel runs the other way");

  const frame = panel.getBoundingClientRect();
  const english = asked.translated.map(
    (text) => new RegExp(`^${text.replace(/[.*+?^$()[\]\\|]/g, "\\$&").replace(/\{\w+\}/g, ".+")}$`),
  );
  const compare = (text: string, where: string) => {
    for (const part of text.split(" · "))
      if (english.some((sentence) => sentence.test(part.trim()))) wrong.push(`English ${where}: ${part}`);
  };
  /** What people wrote, in whatever language they did. */
  const isContent = (element: Element) =>
    element.closest("[lang]") !== surface ||
    element.closest(
      ".bubble p[dir], .resume-line > [dir], .row-text > [dir], .article-card, .panel-title > .clip, .avatar ~ .agent > :first-child",
    );

  const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim();
    const holder = node.parentElement;
    if (!text || !holder?.checkVisibility() || holder.closest(".sr")) continue;
    if (!isContent(holder)) compare(text, "text");
    const range = document.createRange();
    range.selectNodeContents(node);
    let ends = false;
    for (let box: HTMLElement | null = holder; box && panel.contains(box) && !ends; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.textOverflow === "ellipsis") ends = true;
      // Names and what people wrote may end in dots; what we say may not.
      if (ends && !isContent(holder) && box.scrollWidth > box.clientWidth) wrong.push(`cut: ${text}`);
      if (ends || style.display.startsWith("inline") || style.display === "contents") continue;
      const own = box.getBoundingClientRect();
      // What hangs in front of the panel is held by nothing but the panel.
      if (style.position === "absolute") box = panel.firstElementChild as HTMLElement;
      for (const line of range.getClientRects())
        if (line.left < own.left - 1 || line.right > own.right + 1) {
          wrong.push(`out of ${box.className || box.localName}: ${text}`);
          ends = true;
          break;
        }
    }
  }

  for (const box of panel.querySelectorAll<HTMLElement>("*")) {
    if (!box.checkVisibility() || box.matches(".sr, .clip, svg *")) continue;
    const { overflowX } = getComputedStyle(box);
    if (overflowX !== "visible" && box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0)
      wrong.push(`${box.className || box.localName} scrolls sideways by ${box.scrollWidth - box.clientWidth} px`);
    for (const name of ["aria-label", "placeholder", "title"]) {
      const value = box.getAttribute(name);
      if (value && !isContent(box)) compare(value, name);
    }
    // The viewer is as large as the window.
    if (box.matches("button, a[href], input, textarea, [tabindex='0']") && !box.closest(".viewer")) {
      const { left, right, top, bottom, width } = box.getBoundingClientRect();
      if (width && (left < frame.left - 1 || right > frame.right + 1))
        wrong.push(`${box.className} reaches out of the panel: ${box.textContent || box.ariaLabel}`);
      if (
        width &&
        !box.closest(".panel-body, .menu, .emoji-grid, .staged") &&
        (top < frame.top - 1 || bottom > frame.bottom + 1)
      )
        wrong.push(`${box.className} stands out of the panel: ${box.textContent || box.ariaLabel}`);
    }
    if (box instanceof HTMLTextAreaElement && box.placeholder && !box.value) {
      const style = getComputedStyle(box);
      const pen = document.createElement("canvas").getContext("2d");
      if (!pen) continue;
      pen.font = style.font;
      const room = box.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      const needed = pen.measureText(box.placeholder).width;
      if (needed > room + 1) wrong.push(`placeholder cut (${Math.ceil(needed)} of ${room} px): ${box.placeholder}`);
    }
  }

  const middleOf = (element: Element) => {
    const { left, right } = element.getBoundingClientRect();
    return (left + right) / 2 - (frame.left + frame.right) / 2;
  };
  const sign = asked.mirrored ? -1 : 1;
  const arrow = panel.querySelector(".panel-head .flip");
  if (arrow && middleOf(arrow) * sign > 0) wrong.push("the way back is on the wrong side");
  for (const turning of panel.querySelectorAll(".flip"))
    if (getComputedStyle(turning).transform.startsWith("matrix(-1") !== asked.mirrored)
      wrong.push("an arrow points the wrong way");
  const close = panel.querySelector(".panel-head > :last-child");
  if (close && middleOf(close) * sign < 0) wrong.push("close is on the wrong side");
  for (const bubble of panel.querySelectorAll(".bubble")) {
    const { left, right } = bubble.getBoundingClientRect();
    const [start, end] = asked.mirrored
      ? [frame.right - right, left - frame.left]
      : [left - frame.left, frame.right - right];
    if (bubble.closest(".is-out") ? end >= start : start >= end) wrong.push("a bubble is on the wrong side");
    const style = getComputedStyle(bubble);
    const corner = bubble.closest(".is-out") === null ? style.borderEndStartRadius : style.borderEndEndRadius;
    if (bubble.matches(":last-of-type") && corner !== "4px") wrong.push("a bubble's corner is on the wrong side");
  }
  // Which corner of the page it is is the page's choice, not the language's; the launcher is by the panel.
  const bell = launcher.getBoundingClientRect();
  if (launcher.checkVisibility() && frame.width < innerWidth) {
    const right = surface.dataset.side !== "left";
    const gap = right ? innerWidth - bell.right : bell.left;
    if (gap < 0 || gap > 60) wrong.push(`the launcher is not at the ${right ? "right" : "left"}`);
    if (Math.abs(right ? frame.right - bell.right : frame.left - bell.left) > 40)
      wrong.push("the panel is elsewhere than the launcher");
  }
  return wrong;
}
