import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStage, type Stage } from "../../browser/stage.ts";

/* Hostile words in a real browser, in the widget on somebody's page and in the console: they are seen as they were written, and nothing of them runs. */

const RUNS = [
  "<img src=x onerror=\"document.title='pwned'\">",
  "<svg onload=\"document.title='pwned'\"></svg>",
  "<script>document.title='pwned'</script>",
  "<iframe srcdoc=\"<script>parent.document.title='pwned'</script>\"></iframe>",
  '"><a href="javascript:document.title=\'pwned\'" autofocus onfocus="document.title=\'pwned\'">x</a>',
  "{{constructor.constructor(\"document.title='pwned'\")()}}",
];
const LINKS =
  "javascript:document.title='pwned' data:text/html,<script>1</script> vbscript:x https://xn--pple-43d.com https://аpple.com";
const BIDI = "report\u202efdp.exe";
const ZALGO = `e${"\u0301".repeat(9_000)}`;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** What is in a page, shadow roots included, that words alone never make. */
const inventory = (page: Page) =>
  page.evaluate(() => {
    const roots: ParentNode[] = [document];
    const found = { scripts: 0, frames: 0, handlers: [] as string[], addresses: [] as string[] };
    for (let root = roots.pop(); root; root = roots.pop()) {
      for (const element of root.querySelectorAll("*")) {
        if (element.shadowRoot) roots.push(element.shadowRoot);
        if (element.localName === "script" && element.textContent?.includes("pwned")) found.scripts += 1;
        if (element.localName === "iframe" && element.hasAttribute("srcdoc")) found.frames += 1;
        for (const { name, value } of element.attributes) {
          if (name.startsWith("on")) found.handlers.push(`${element.localName} ${name}`);
          if (/^(href|src|action)$/.test(name) && /^\s*(javascript|vbscript|data:text)/i.test(value))
            found.addresses.push(value);
        }
      }
    }
    return found;
  });
const NOTHING = { scripts: 0, frames: 0, handlers: [], addresses: [] };

test("What a visitor writes runs neither in their widget nor in the agent's console", async () => {
  const visitor = await stage.visitor("en", "/?q=%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D'pwned'%22%3E");
  const dialogs: string[] = [];
  visitor.page.on("dialog", (dialog) => void dialogs.push(dialog.message()));
  await visitor.rings();
  await visitor.types(RUNS[0] ?? "");
  await visitor.sendsToAPerson();
  await visitor.sees("onerror");
  for (const text of [...RUNS.slice(1), LINKS, BIDI, ZALGO]) {
    await visitor.writes(text);
    await visitor.bubble(text.slice(0, 20)).last().waitFor();
  }
  expect(await inventory(visitor.page)).toEqual(NOTHING);

  const agent = await stage.agent();
  agent.page.on("dialog", (dialog) => void dialogs.push(dialog.message()));
  await agent.opens("e\u0301");
  await agent.sees("onload");
  const seen = await inventory(agent.page);
  expect(seen).toEqual(NOTHING);
  for (const page of [visitor.page, agent.page]) expect(await page.title()).not.toContain("pwned");
  expect(dialogs).toEqual([]);

  // Marks that pile up stay in their own line: what stands above and below can be read.
  const bubble = visitor.bubble("e\u0301").last();
  const box = await bubble.boundingBox();
  expect(box?.height).toBeLessThan(400);
  // A name from another alphabet does not pass for one of ours where it is a link.
  const hosts = await visitor.page.evaluate(() => {
    const root = document.querySelector("deskbell-widget")?.shadowRoot;
    return [...(root?.querySelectorAll<HTMLAnchorElement>(".msg a") ?? [])].map(({ host, textContent }) => [
      host,
      textContent,
    ]);
  });
  for (const [host, text] of hosts) if (host?.startsWith("xn--")) expect(text).toContain("xn--");
  await visitor.page.context().close();
  await agent.page.context().close();
});

test("What an agent writes, with markup in their own name, runs not in the widget", async () => {
  const visitor = await stage.visitor("en", "/");
  await visitor.rings();
  await visitor.types("A question for the attacker");
  await visitor.sendsToAPerson();
  await visitor.sees("A question for the attacker");
  const agent = await stage.agent();
  await agent.opens("A question for the attacker");
  for (const text of RUNS) await agent.answers(text);
  await visitor.sees("onload");
  await expect.poll(() => visitor.bubble("constructor").count()).toBeGreaterThan(0);
  expect(await inventory(visitor.page)).toEqual(NOTHING);
  expect(await visitor.page.title()).not.toContain("pwned");
  await visitor.page.context().close();
  await agent.page.context().close();
});
