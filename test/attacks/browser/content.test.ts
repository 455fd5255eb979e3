import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mintId } from "../../../server/store/ids.ts";
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

  for (const { page } of [visitor, agent]) {
    // Marks that pile up stay in their own bubble: what stands above and below can be read.
    const bubble = page.locator(".bubble", { hasText: "e\u0301" }).last();
    expect((await bubble.boundingBox())?.height).toBeLessThan(400);
    expect(await bubble.evaluate((element) => getComputedStyle(element).overflow)).toMatch(/^(hidden|clip)$/);
    // A name from another alphabet does not pass for one of ours where it is a link.
    const links = page.locator(".bubble a", { hasText: "xn--" });
    expect(await links.allTextContents()).toEqual(["https://xn--pple-43d.com", "https://xn--pple-43d.com"]);
  }
  await visitor.page.context().close();
  await agent.page.context().close();
});

test("What a visitor says of themselves, their page and their files runs not in the console, and stays in its place", async () => {
  const { demo } = stage;
  const base = `${demo.server.url}/api/widget/${demo.siteKey}`;
  const [markup = "", , , , link = ""] = RUNS;
  const headers = { origin: demo.shop.url, "content-type": "application/json" };
  const { token } = (await ask("/visitors", {})) as { token: string };
  const authorization = { authorization: `Bearer ${token}` };
  const said = `<img src=x onerror=alert(1)>\u202e\u2066${ZALGO.slice(0, 30)}`;
  const file = new FormData();
  file.set("file", new Blob(["words"]), `${markup}.txt`);
  const upload = { method: "POST", body: file, headers: { origin: demo.shop.url, ...authorization } };
  const sent = (await (await fetch(`${base}/files`, upload)).json()) as { file: { id: string } };
  await ask("/commands", { type: "contact", name: said });
  const conversation = mintId();
  await ask("/commands", {
    type: "post",
    conversation,
    id: mintId(),
    text: "About my kakistocracy",
    files: [sent.file.id],
    page: { url: "javascript:document.title='pwned'", title: markup },
    tracked: [{ name: said, meta: { "<img src=x onerror=alert(1)>": link, zalgo: ZALGO.slice(0, 100) } }],
    asked: { q: markup, shown: [] },
  });
  await ask("/commands", { type: "resolve", conversation });
  await ask("/commands", {
    type: "rate",
    conversation,
    episode: 1,
    solved: false,
    comment: markup + ZALGO.slice(0, 900),
  });
  await ask("/commands", { type: "post", conversation, id: mintId(), text: "Still my kakistocracy" });

  const agent = await stage.agent();
  const { page } = agent;
  await agent.opens("kakistocracy");
  await page.locator(".details").getByText("zalgo").waitFor();
  await page.locator(".rated").waitFor();
  expect(await inventory(page)).toEqual(NOTHING);
  expect(await page.title()).not.toContain("pwned");
  for (const place of [".tracked-properties", ".rated .said", ".details .who-name > span"])
    expect([place, await page.locator(place).evaluate((one) => getComputedStyle(one).overflowX)]).toEqual([
      place,
      "hidden",
    ]);
  // Beside our own words a name turns nothing round, and is no higher than a line.
  const names = await page.locator(".who-name, .conv-name, .meta, .writer").allTextContents();
  for (const name of names) expect(name).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\p{M}{5}/u);
  await page.context().close();

  async function ask(path: string, body: object): Promise<unknown> {
    const who = path === "/visitors" ? {} : authorization;
    const answer = await fetch(base + path, {
      method: "POST",
      headers: { ...headers, ...who },
      body: JSON.stringify(body),
    });
    expect([path, answer.ok]).toEqual([path, true]);
    return answer.json();
  }
});

test("What an agent writes, with markup in their own name, runs not in the widget", async () => {
  const visitor = await stage.visitor("en", "/");
  await visitor.rings();
  await visitor.types("A question for the attacker");
  await visitor.sendsToAPerson();
  await visitor.sees("A question for the attacker");
  const agent = await stage.agent();
  const rename = await agent.page.evaluate(
    (name) =>
      fetch("/api/session", {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name }),
      }).then(({ status }) => status),
    `Eve ${RUNS[0]?.slice(0, 90)}`,
  );
  expect(rename).toBe(200);
  await agent.opens("A question for the attacker");
  for (const text of RUNS) await agent.answers(text);
  await visitor.sees("onload");
  await expect.poll(() => visitor.bubble("constructor").count()).toBeGreaterThan(0);
  // It is told who answers.
  await visitor.sees(/^Eve/);
  expect(await inventory(visitor.page)).toEqual(NOTHING);
  expect(await visitor.page.title()).not.toContain("pwned");
  await visitor.page.context().close();
  await agent.page.context().close();
});
