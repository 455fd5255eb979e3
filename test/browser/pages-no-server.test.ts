import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ASSETS, BLANK, problemsOf, scripts } from "./pages.ts";
import { openStage, type Stage } from "./stage.ts";

/* What a page and its visitor notice of a server that is away, silent, or answers nonsense. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage?.close());

describe("without a server", () => {
  test("the launcher says so when it is asked, and opens at the next click once there is one", async () => {
    const visitor = await stage.visitor("en", "/hosts/other.html");
    const { page } = visitor;
    const problems = problemsOf(page);
    await page.context().route(ASSETS, (route) => route.abort());
    await visitor.goes(BLANK);
    await visitor.launcher.hover();
    const failed = visitor.widget.getByRole("alert");
    expect(await failed.count()).toBe(0);
    await visitor.launcher.click();
    await failed.getByText("Couldn’t load. Try again").waitFor();
    await page.context().unroute(ASSETS);
    await visitor.rings();
    await failed.waitFor({ state: "detached" });
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test.each(["chat", "article", "en-more"])("what comes later can be had again: %s", async (part) => {
    const visitor = await stage.visitor("en", "/hosts/other.html");
    const { page, panel } = visitor;
    const asked = scripts(page);
    const file = new RegExp(`/${part}-`);
    await page.context().route(file, (route) => route.abort());
    await visitor.goes(BLANK);
    await visitor.rings();
    await visitor.composer.fill("My board is not detected");
    if (part === "chat") await visitor.sendsToAPerson();
    else await visitor.answers.first().click();
    const again = panel.getByRole("button", { name: visitor.say("retry") });
    await again.waitFor();
    const failed = page.waitForEvent("requestfailed", (request) => file.test(request.url()));
    await again.click();
    await failed;
    await page.context().unroute(file);
    await again.click();
    await again.waitFor({ state: "detached" });
    if (part === "chat") {
      await visitor.composer.press("Enter");
      await visitor.sent("My board is not detected");
    } else await visitor.sees(visitor.say("article.helpful"));
    // Around the app that is here: a second one would know nothing of this one's visitor.
    expect(asked.filter((url) => /\/app-/.test(url) && !url.includes("/~"))).toHaveLength(1);
    await page.context().close();
  });

  test("a silent one is called missing after a while, and its answer still opens", async () => {
    const visitor = await stage.visitor("en", "/hosts/other.html");
    const { page } = visitor;
    const waiting = Promise.withResolvers<void>();
    await page.context().route(ASSETS, async (route) => {
      await waiting.promise;
      await route.continue();
    });
    await visitor.goes(BLANK);
    await visitor.launcher.click();
    await visitor.widget.getByRole("alert").waitFor({ timeout: 20_000 });
    waiting.resolve();
    await visitor.panel.waitFor();
    expect(await visitor.widget.getByRole("alert").count()).toBe(0);
    await page.context().close();
  });

  test.for([
    ["an error page", 502, "text/html", "<h1>Bad gateway</h1>"],
    ["a page of somebody else", 200, "text/html", "<h1>Welcome</h1>"],
    ["null", 200, "application/json", "null"],
    ["a list", 200, "application/json", "[]"],
    ["an object of another kind", 200, "application/json", '{"name":7,"suggestions":"none","theme":"x"}'],
    ["a number", 200, "application/json", "12"],
    ["half an answer", 200, "application/json", '{"name":"Arduino sh'],
  ] as const)("one that answers with %s: the page never notices, and the panel says what is missing", async (what) => {
    const [, status, contentType, body] = what;
    const visitor = await stage.visitor("en", "/hosts/other.html");
    const { page } = visitor;
    const problems = problemsOf(page);
    const headers = { "access-control-allow-origin": "*" };
    await page
      .context()
      .route(/\/(api|socket\.io)\//, (route) => route.fulfill({ status, contentType, body, headers }));
    await page.context().routeWebSocket(/\/socket\.io\//, (socket) => {
      socket.send(body);
      socket.send('0{"sid":7}');
      socket.send('40/visitor,{"sid":1}');
      socket.send('42/visitor,["hello",null]');
      socket.send('42/visitor,["event",{}]');
      socket.send('42/visitor,["pulse",12]');
      socket.send("42/visitor,[[[");
    });
    await visitor.goes(BLANK);
    await visitor.rings();
    await visitor.types("is anybody there");
    await visitor.sees(visitor.say("suggest.failed"));
    await visitor.sendsToAPerson();
    await visitor.bubble("is anybody there").waitFor();
    await page.evaluate("new Promise((done) => setTimeout(done, 300))");
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
