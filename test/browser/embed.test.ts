import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./stage.ts";
import { createVisitor } from "./visitor.ts";

const ROOT = join(import.meta.dirname, "../..");
const BLANK = "/hosts/blank.html";

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await openStage();
  folder = await mkdtemp(join(tmpdir(), "deskbell-embed-"));
}, 120_000);
afterAll(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Programs as somebody else would write them, by the package's own entries. */
const PROGRAMS = {
  React: `
    import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    import { Deskbell, deskbell } from "deskbell/embed/react";
    const root = createRoot(document.body.appendChild(document.createElement("main")));
    window.draw = (props) => root.render(props && createElement(Deskbell, props));
    window.bell = deskbell;`,
  Preact: `
    import { h, render } from "preact";
    import { Deskbell, deskbell } from "deskbell/embed/preact";
    const root = document.body.appendChild(document.createElement("main"));
    window.draw = (props) => render(props && h(Deskbell, props), root);
    window.bell = deskbell;`,
  Vue: `
    import { createApp, h, shallowRef } from "vue";
    import { Deskbell, deskbell } from "deskbell/embed/vue";
    const props = shallowRef(null);
    const listen = ({ on = {}, ...rest }) => ({ ...rest, onUnread: on.unread, onReady: on.ready });
    createApp({ render: () => props.value && h(Deskbell, listen(props.value)) }).mount(document.body.appendChild(document.createElement("main")));
    window.draw = (next) => { props.value = next; };
    window.bell = deskbell;`,
};

async function bundle(name: string, program: string): Promise<string> {
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [
      {
        name: "program",
        resolveId: (id) => (id.endsWith("/program") ? join(ROOT, `program-${name}.js`) : null),
        load: (id) => (id.endsWith(`program-${name}.js`) ? program : null),
      },
    ],
    build: { write: false, lib: { entry: "program", formats: ["iife"], name: "program" } },
  });
  const [{ output } = { output: [] }] = (Array.isArray(result) ? result : [result]) as {
    output: { code?: string }[];
  }[];
  return output[0]?.code ?? "";
}

describe("deskbell/embed", () => {
  test.for(Object.entries(PROGRAMS))(
    "brings the widget by %s, hears it, and takes it away",
    async ([name, program]) => {
      const { page } = await stage.visitor("en", "/hosts/other.html");
      await page.addScriptTag({ content: await bundle(name, program) });
      const { server, siteKey } = stage.demo;
      const draw = (rest = "{}") =>
        page.evaluate(
          `draw({ host: "${server.url}", site: "${siteKey}", on: { ready: () => { window.rang = true } }, ...${rest} })`,
        );
      await page.evaluate("bell.prefill('Written before anything came')");
      await draw();
      const visitor = createVisitor(page, "en", "");
      await visitor.launcher.waitFor();
      await page.waitForFunction("window.rang");
      await page.evaluate("bell.open({ view: 'chat' })");
      await visitor.panel.waitFor();
      await expect.poll(() => visitor.composer.inputValue()).toBe("Written before anything came");
      await draw("{ position: 'left' }");
      await expect.poll(async () => (await visitor.launcher.boundingBox())?.x).toBe(20);
      expect(await page.locator("script[src$='/widget.js']").count()).toBe(1);
      await page.evaluate("draw(null)");
      await visitor.widget.waitFor({ state: "detached" });
      await page.context().close();
    },
  );

  test("is a small package: each entry is there, weighs little, and has its types", async () => {
    const { exports } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    await promisify(execFile)(process.execPath, [
      join(ROOT, "node_modules/typescript/bin/tsc"),
      "-p",
      join(ROOT, "embed"),
      "--outDir",
      folder,
    ]);
    for (const { types, default: code } of Object.values<{ types: string; default: string }>(exports)) {
      expect((await readFile(join(ROOT, code))).length).toBeLessThan(2_000);
      expect(await readFile(join(folder, types.replace("./dist/embed", "")), "utf8")).toContain("export");
    }
  });
});

describe("the page's calls", () => {
  const call = (page: Page, said: string) => page.evaluate(`void Deskbell.${said}`);

  test("each does what it says, by name or by function, and tells it to every listener and the document", async () => {
    const visitor = await stage.visitor("en", "/hosts/other.html");
    const { page } = visitor;
    const { server, siteKey } = stage.demo;
    await page.evaluate(`
      window.heard = [];
      window.Deskbell=window.Deskbell||function(){(Deskbell.q=Deskbell.q||[]).push(arguments)};
      for (const name of ["ready", "open", "close", "article:viewed", "message:sent", "conversation:started", "error"]) {
        Deskbell("on", name, (detail) => heard.push([name, detail?.text]));
        document.addEventListener("deskbell:" + name, (event) => heard.push(["document", name, event.detail?.text]));
      }
      Deskbell("launcher", "hide");
      Deskbell("prefill", "From the queue");
    `);
    await page.addScriptTag({ url: `${server.url}/widget.js?site=${siteKey}` });
    await visitor.widget.waitFor({ state: "attached" });
    expect(await visitor.launcher.isVisible()).toBe(false);
    await call(page, "launcher('show')");
    await visitor.launcher.waitFor();

    await call(page, "open()");
    await visitor.panel.waitFor();
    await expect.poll(() => visitor.composer.inputValue()).toBe("From the queue");
    await call(page, "toggle()");
    await visitor.panel.waitFor({ state: "hidden" });
    await page.evaluate("Deskbell('search', 'select a board')");
    await visitor.answers.first().waitFor();
    expect(await visitor.composer.inputValue()).toBe("select a board");
    const first = await page.evaluate<string>(
      `fetch("${server.url}/api/widget/${siteKey}/suggest?q=board&url=x&limit=1&locale=en").then((r) => r.json()).then((r) => r.suggestions[0].slug)`,
    );
    await call(page, `article('${first}')`);
    await visitor.sees(visitor.say("article.helpful"));
    await call(page, "open({ view: 'chat' })");
    await call(page, "prefill('Only by hand')");
    await expect.poll(() => visitor.composer.inputValue()).toBe("Only by hand");
    await visitor.composer.press("Enter");
    await visitor.sent("Only by hand");
    await call(page, "setLocale('zh-CN')");
    await visitor.widget.getByRole("dialog", { name: "帮助中心" }).waitFor();
    await call(page, "update({ name: 'Ada' })");
    await call(page, "track('seen', { n: 1 })");
    await call(page, "suggest(['nothing-of-that-id'])");
    await call(page, "close()");
    await page.getByRole("dialog").waitFor({ state: "hidden" });

    const heard = await page.evaluate<unknown[][]>("heard");
    for (const name of ["ready", "open", "close", "article:viewed", "message:sent", "conversation:started"]) {
      expect(heard.filter(([one]) => one === name).length, name).toBeGreaterThan(0);
      expect(heard.filter(([one, two]) => one === "document" && two === name).length, name).toBe(
        heard.filter(([one]) => one === name).length,
      );
    }
    expect(heard).toContainEqual(["message:sent", "Only by hand"]);
    expect(heard.filter(([name]) => name === "error")).toEqual([]);
    await page.context().close();
  });

  test("whether somebody answers is told once it is known, before any conversation, and when it changes", async () => {
    const agent = await stage.agent();
    const visitor = await stage.visitor("en", BLANK);
    const { page } = visitor;
    await page.evaluate("window.heard = []; Deskbell.on('availability', (state) => heard.push(state))");
    const heard = () => expect.poll(() => page.evaluate("heard"), { timeout: 10_000 });
    await visitor.rings();
    await heard().toEqual(["online"]);
    await visitor.composer.fill("Is anybody there?");
    await visitor.sendsToAPerson();
    await visitor.sent("Is anybody there?");
    await agent.page.context().close();
    await heard().toEqual(["online", "away"]);
    await page.context().close();
  });

  test("a listener that throws is the page's own mistake; one that has unsubscribed hears no more", async () => {
    const visitor = await stage.visitor("en", BLANK);
    const { page } = visitor;
    const problems: string[] = [];
    page.on("pageerror", (error) => void problems.push(error.message));
    await visitor.launcher.waitFor();
    await page.evaluate(`
      window.opened = 0;
      Deskbell.on("open", () => { throw new Error("the page's own") });
      window.off = Deskbell.on("open", () => { opened += 1 });
    `);
    await visitor.rings();
    await page.keyboard.press("Escape");
    await visitor.panel.waitFor({ state: "hidden" });
    await page.evaluate("off()");
    await visitor.rings();
    expect(await page.evaluate("opened")).toBe(1);
    expect(new Set(problems)).toEqual(new Set(["the page's own"]));
    await page.context().close();
  });

  test.for([
    ["ask-first", async (page: Page) => page.locator("deskbell-widget .composer-line").waitFor()],
    ["neutral", async (page: Page) => page.locator("deskbell-widget .composer-bar button").waitFor()],
    [
      "self-service",
      async (page: Page) => {
        const bar = page.locator("deskbell-widget .composer-bar");
        await page.locator("deskbell-widget .row").first().waitFor();
        expect(await bar.isVisible()).toBe(false);
        // Two clicks to a person: any article, and the button below it.
        await page.locator("deskbell-widget .row").first().click();
        await page.getByRole("button", { name: "Still need help? Ask us" }).click();
        await page.locator("deskbell-widget .composer-line").waitFor();
      },
    ],
  ] as const)("mode %s leads where it says, and a person is at most two clicks away", async ([mode, looks]) => {
    const { page } = await stage.visitor("en", "/products/uno-r4-wifi");
    await page.locator("deskbell-widget").waitFor({ state: "attached" });
    await page.evaluate(`Deskbell.destroy(); Deskbell.init({ site: "${stage.demo.siteKey}", mode: "${mode}" })`);
    await page.locator("deskbell-widget button.launcher").click();
    await looks(page);
    await page.context().close();
  });
});

describe("what is served", () => {
  test("is compressed beforehand, for ever where its name is its content, open to integrity checks", async () => {
    const { url } = stage.demo.server;
    const get = (path: string) =>
      fetch(url + path, { headers: { "accept-encoding": "br", origin: "https://x.example" } });
    const loader = await get("/widget.js");
    expect(loader.headers.get("content-encoding")).toBe("br");
    expect(loader.headers.get("cache-control")).toMatch(/^public, max-age=\d{3},/);
    expect(loader.headers.get("etag")).toBeTruthy();
    const sums = (await (await get("/widget.integrity.json")).json()) as Record<string, string>;
    expect(Object.keys(sums).length).toBeGreaterThan(5);
    const [hash] = /-[\w-]{8}\.js$/.exec(Object.keys(sums).join()) ?? [];
    for (const [file, sum] of Object.entries(sums)) {
      const answer = await get(`/${file}`);
      expect(answer.headers.get("content-encoding"), file).toBe("br");
      expect(answer.headers.get("cache-control"), file).toContain("immutable");
      expect(answer.headers.get("access-control-allow-origin"), file).toBe("*");
      expect(file.slice(-12)).toBe(hash);
      const own = createHash("sha384").update(Buffer.from(await answer.arrayBuffer()));
      expect(`sha384-${own.digest("base64")}`, file).toBe(sum);
    }
  });

  test("is run by a browser that checks it, and is not where one byte is another", async () => {
    const { page } = await stage.visitor("en", "/hosts/other.html");
    const { url } = stage.demo.server;
    const sums = (await (await fetch(`${url}/widget.integrity.json`)).json()) as Record<string, string>;
    const [file, sum] = Object.entries(sums).find(([name]) => /\/app-/.test(name)) ?? ["", ""];
    const runs = (query: string, integrity: string) =>
      page.evaluate(
        ([src, integrity]) =>
          new Promise<boolean>((done) => {
            const script = Object.assign(document.createElement("script"), {
              type: "module",
              crossOrigin: "",
              integrity,
            });
            script.onload = () => done(true);
            script.onerror = () => done(false);
            script.src = src ?? "";
            document.head.append(script);
          }),
        [`${url}/${file}?${query}`, integrity],
      );
    expect(await runs("right", sum)).toBe(true);
    expect(await runs("wrong", `sha384-${Buffer.alloc(48).toString("base64")}`)).toBe(false);
    await page.context().close();
  });
});
