import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BLANK } from "./pages.ts";
import { difference } from "./references.ts";
import { type Rect, SEEN, type Sight, sightOf } from "./sight.ts";
import { type Look, openTour, TALK, type Tour } from "./states.ts";
import type { Visitor } from "./visitor.ts";

/* What people set on their device: colours of their own, less motion; and a phone's keyboard, which takes half of it. */

const PHONE = { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true };
/** In these states the focus is led through all that can have it. */
const FOCUSED = ["home", "article", "talking", "menu", "rating", "reasons"];

type Thing = Rect & { name: string; edge: boolean };

let tour: Tour;
beforeAll(async () => {
  tour = await openTour();
}, 120_000);
afterAll(() => tour?.close());

describe("in forced colours", () => {
  test("nothing is lost: not what is drawn as a surface alone, no edge, no focus, nothing chosen, nothing unread", async () => {
    const visitor = await tour.stage.visitor("en", "/products/uno-r4-wifi", { forcedColors: "active" });
    const { page } = visitor;
    const found: string[] = [];
    const seen = new Set<string>();
    const look: Look = async (state) => {
      if (state === "talking") {
        await tour.agent.writer.getByRole("textbox").first().pressSequentially("Th");
        await visitor.panel.locator(".typing").waitFor();
      }
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        // Nothing is hovered.
        await page.mouse.move(1, 1);
        const { sight, things } = await seenAtOnce(page);
        for (const { name, edge, x, y, width, height } of things) {
          seen.add(name);
          const told = edge
            ? sight.edged({ x, y, width, height })
            : sight.contrast({ x: x - 1, y: y - 1, width: width + 2, height: height + 2 }) >= SEEN;
          if (!told) found.push(`${state}, ${colorScheme}: ${name} is not seen`);
        }
        if (state === "rating") {
          const [on, off] = await Promise.all(
            [".is-on > .radio", ":not(.is-on) > .radio"].map((one) => visitor.panel.locator(one).first().boundingBox()),
          );
          if (sight.contrast(ringIn(on)) < SEEN) found.push(`${colorScheme}: the chosen point is not told`);
          if (sight.contrast(ringIn(off)) >= SEEN) found.push(`${colorScheme}: points look chosen`);
        }
        if (FOCUSED.includes(state))
          for (const lost of await unfocused(page)) found.push(`${state}, ${colorScheme}: no focus on ${lost}`);
      }
      await page.emulateMedia({ colorScheme: "light" });
    };
    await visitor.launcher.waitFor();
    await look("closed");
    await tour.lead(visitor, TALK, look).catch((error) => found.push(`ended early: ${error}`));
    await page.context().close();
    expect([...new Set(found)]).toEqual([]);
    // What is looked for was there.
    for (const name of [
      "panel",
      "launcher",
      "launcher-badge",
      "btn",
      "bubble",
      "dot",
      "typing",
      "radio",
      "queue-steps",
      "steps",
      "composer",
    ])
      expect([...seen].join(" "), name).toMatch(new RegExp(`\\b${name}\\b`));
  }, 240_000);
});

/** The middle of a radio's ring: where the thick one of a chosen point ends, and a thin one has nothing. */
function ringIn(radio: Rect | null | undefined): Rect {
  const { x, y, width, height } = radio ?? { x: 0, y: 0, width: 0, height: 0 };
  return { x: x + 4, y: y + 4, width: width - 8, height: height - 8 };
}

/** How the page looks and what is where: of one moment, as a page may still move between the two. */
async function seenAtOnce(page: Page): Promise<{ sight: Sight; things: Thing[] }> {
  for (;;) {
    const before = await thingsOf(page);
    const sight = await sightOf(page);
    const things = await thingsOf(page);
    if (JSON.stringify(before) === JSON.stringify(things)) return { sight, things };
  }
}

/** What is there and can be seen whole: things with an edge, and things that are nothing but a surface. */
function thingsOf(page: Page): Promise<Thing[]> {
  return page.evaluate(() => {
    const EDGES =
      ".panel, .menu, .emoji-grid, .btn, .bubble, .chip, .composer, .field, .outcome, .queue, .resume, .file, .new-pill, .launcher";
    const root = document.querySelector("deskbell-widget")?.shadowRoot;
    const viewer = root?.querySelector("dialog.viewer[open]");
    const things = [];
    for (const thing of (viewer ?? root)?.querySelectorAll<HTMLElement>("*") ?? []) {
      const box = thing.getBoundingClientRect();
      const { x, y, width, height } = box;
      if (!width || !height || !thing.checkVisibility({ visibilityProperty: true }) || thing.closest("svg, .sr"))
        continue;
      const edge = thing.matches(EDGES);
      // Brass on the bell: what counts is its number.
      const badge = thing.matches(".launcher-badge");
      const surface = !thing.firstChild && !thing.matches("input, textarea, img, canvas, style");
      const bullet = thing.matches(".prose ul > li");
      // A transcript's card has its menu's edge.
      if (!(edge || surface || bullet) || thing.matches(".menu .outcome")) continue;
      const clipped = thing.parentElement?.closest(".panel-body, .staged, .emoji-grid")?.getBoundingClientRect();
      if (clipped && (box.top < clipped.top + 2 || box.bottom > clipped.bottom - 2)) continue;
      // Something lies over it.
      const middle =
        root?.elementFromPoint(x + width / 2, y + 1) ?? root?.elementFromPoint(x + width / 2, y + height / 2);
      if (!middle || !(thing.contains(middle) || middle.contains(thing))) continue;
      const name = [thing, thing.parentElement].map((one) => one?.className || one?.localName).join(" in ");
      const [left, top] = bullet ? [0, 6] : badge ? [4, 4] : [0, 0];
      const size = bullet ? { width: 14, height: 10 } : { width: width - 2 * left, height: height - 2 * top };
      things.push({ name, edge, x: x + left, y: y + top, ...size });
    }
    return things;
  });
}

/** What may have the focus by the keyboard, and looks with it as it does once the focus has gone on. */
async function unfocused(page: Page): Promise<string[]> {
  const count = await page.evaluate(() => {
    const panel = document.querySelector("deskbell-widget")?.shadowRoot?.querySelector(".panel");
    const body = panel?.querySelector(".panel-body");
    const bounds = body?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
    // A menu closes when the focus leaves it.
    const all = [
      ...(panel?.querySelectorAll<HTMLElement>("[role=menu] button") ?? []),
      ...(panel?.querySelectorAll<HTMLElement>(":is(button, a, input, textarea):not([tabindex='-1'])") ?? []),
    ];
    const menu = panel?.querySelector("[role=menu]");
    const there = all.filter((one) => {
      const { top, bottom, width } = one.getBoundingClientRect();
      const inside = !body?.contains(one) || (top >= bounds.top + 4 && bottom <= bounds.bottom - 4);
      return width > 0 && inside && one.checkVisibility() && !one.matches(":disabled") && (!menu || menu.contains(one));
    });
    const leads = (at: number) => {
      const one = there[at % there.length] as HTMLElement;
      one.focus({ preventScroll: true, focusVisible: true } as FocusOptions);
      // The field one writes in has its border's.
      const { x, y, width, height } = (
        (one.matches("textarea") && one.closest(".composer")) ||
        one
      ).getBoundingClientRect();
      return { name: one.ariaLabel || one.textContent || one.className, x, y, width, height };
    };
    Object.assign(window, { leads });
    return there.length;
  });
  const leads = (at: number) =>
    page.evaluate((at) => (window as unknown as { leads(at: number): Rect & { name: string } }).leads(at), at);
  const lost: string[] = [];
  for (let at = 0; at < count; at++) {
    const { name, x, y, width, height } = await leads(at);
    const clip = { x: x - 6, y: y - 6, width: width + 12, height: height + 12 };
    const shoot = () => page.screenshot({ clip, caret: "hide", animations: "disabled" });
    const focused = await shoot();
    await leads(at + 1);
    if (!(await difference(focused, await shoot()))) lost.push(name);
  }
  return lost;
}

describe("over a phone's keyboard", () => {
  test("the panel stands in what is left of the screen, its composer at the end of that, and takes it all again", async () => {
    const visitor = await tour.stage.visitor("en", BLANK, PHONE);
    const { page, panel, composer } = visitor;
    // As a phone tells of its keyboard, which this browser has not: the page stays as high as it was.
    await page.addInitScript(() => {
      const viewport = Object.assign(new EventTarget(), { height: 760, offsetTop: 0 });
      Object.defineProperty(window, "visualViewport", { value: viewport });
    });
    await page.reload();
    await visitor.rings();
    const shows = (height: number, offsetTop: number, type: string) =>
      page.evaluate(
        ([height, offsetTop, type]) => {
          Object.assign(window.visualViewport as EventTarget, { height, offsetTop }).dispatchEvent(new Event(type));
        },
        [height, offsetTop, type] as const,
      );
    const span = async (thing = panel) => {
      const { y = 0, height = 0 } = (await thing.boundingBox()) ?? {};
      return [y, y + height];
    };
    const foot = panel.locator(".panel-foot");
    for (const view of ["home", "chat"]) {
      if (view === "chat") await visitor.sendsToAPerson();
      await composer.click();
      await expect.poll(() => span()).toEqual([0, 760]);
      await shows(430, 0, "resize");
      await expect.poll(() => span()).toEqual([0, 430]);
      expect(await span(foot).then(([, end]) => end)).toBe(430);
      // Some scroll what they show, to bring what is written into sight.
      await shows(430, 150, "scroll");
      await expect.poll(() => span()).toEqual([150, 580]);
      expect(await span(foot).then(([, end]) => end)).toBe(580);
      await composer.pressSequentially("Hm");
      expect(await composer.inputValue()).toBe("Hm");
      await shows(760, 0, "resize");
      await expect.poll(() => span()).toEqual([0, 760]);
      expect(await span(foot).then(([, end]) => end)).toBe(760);
    }
    await page.context().close();
  });
});

describe("what moves", () => {
  test.each([
    ["reduce", []],
    ["no-preference", ["panel: rise", "i: typing", "launcher: translate"]],
  ] as const)("where %s is set: %j", async (reducedMotion, moves) => {
    const visitor = await tour.stage.visitor("en", BLANK, { reducedMotion });
    const { page, launcher } = visitor;
    await launcher.hover();
    await visitor.widget.locator("dialog.panel").waitFor({ state: "attached" });
    await page.evaluate(() => {
      const root = document.querySelector("deskbell-widget")?.shadowRoot as ShadowRoot;
      const moved = new Set<string>();
      const look = () => {
        for (const one of root.getAnimations() as (CSSAnimation & CSSTransition)[]) {
          const { target } = one.effect as KeyframeEffect;
          const what = one.animationName ?? one.transitionProperty;
          if (Number(one.effect?.getTiming().duration) > 1)
            moved.add(`${target?.className || target?.localName}: ${what}`);
        }
        requestAnimationFrame(look);
      };
      look();
      Object.assign(window, { moved: () => [...moved] });
    });
    const moved = () => page.evaluate(() => (window as unknown as { moved(): string[] }).moved());
    await page.mouse.move(1, 1);
    await visitor.rings();
    await asks(visitor, `Does it move where ${reducedMotion} is set?`);
    await tour.agent.opens(`Does it move where ${reducedMotion} is set?`);
    await tour.agent.thread.locator("h1", { hasText: `where ${reducedMotion} is set` }).waitFor();
    // For as long as it takes to be told again: who has just written elsewhere is not, at the first key.
    const types = tour.agent.writer
      .getByRole("textbox")
      .first()
      .pressSequentially("It does, as can be seen.", { delay: 200 });
    await Promise.all([types, visitor.panel.locator(".typing").waitFor()]);
    if (moves.length === 0) expect(await moved()).toEqual([]);
    else await expect.poll(moved).toEqual(expect.arrayContaining([...moves]));
    await page.context().close();
  });
});

async function asks(visitor: Visitor, question: string) {
  await visitor.composer.fill(question);
  await visitor.composer.press("Enter");
  await visitor.sent(question);
}
