import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

let folder: string;
let desk: HttpDesk;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-dist-"));
  const write = (path: string, text: string | Buffer) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("secret.txt", "not served");
  write("dist/widget/widget.js", "loader()");
  write("dist/widget/assets/app-1a2b.js", "app()");
  write("dist/widget/assets/chat-5e6f.js", "chat()");
  write("dist/widget/assets/app-1a2b.js.gz", gzipSync("app()"));
  write("dist/console/index.html", "<!doctype html><title>Console</title>");
  write("dist/console/assets/main-3c4d.js", "main()");
  desk = await openHttpDesk({ dist: join(folder, "dist") });
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => desk.app.request(path, { headers });

describe("the widget", () => {
  test("is loaded by any page, kept for a while, and asked for again by its tag", async () => {
    const first = await get("/widget.js");
    expect([first.status, await first.text()]).toEqual([200, "loader()"]);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      "content-type": expect.stringContaining("javascript"),
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "cache-control": expect.stringMatching(/^public, max-age=300\b/),
      "x-content-type-options": "nosniff",
    });
    const again = await get("/widget.js", { "if-none-match": first.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
    expect((await get("/widget.js?site=pk_1")).status).toBe(200);
  });

  test("gives again what failed to load: whole, or below its parts around the app that is there", async () => {
    const whole = await get("/~/~/assets/app-1a2b.js");
    expect(await whole.text()).toBe("app()");
    expect(await (await get("/~/assets/~2/app-1a2b.js")).text()).toBe('export*from"../app-1a2b.js"');
    const around = await get("/assets/~12/app-1a2b.js");
    expect(await around.text()).toBe('export*from"../app-1a2b.js"');
    const part = await get("/assets/~12/chat-5e6f.js");
    expect(await part.text()).toBe("chat()");
    for (const { headers } of [whole, around, part])
      expect(Object.fromEntries(headers)).toMatchObject({
        "content-type": expect.stringContaining("javascript"),
        "access-control-allow-origin": "*",
        "cache-control": "public, max-age=31536000, immutable",
      });
    for (const path of ["/assets/~12/gone.js", "/~/secret.txt", "/~/%2e%2e/secret.txt", "/~12/assets/app-1a2b.js"])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
  });

  test("has no part of an older release, which no cache keeps as missing: after a step back it is there again", async () => {
    for (const path of ["/assets/app-0ld0.js", "/assets/chat-0ld0.js", "/assets/~1/chat-0ld0.js"]) {
      const gone = await get(path);
      expect([path, gone.status, gone.headers.get("cache-control")]).toEqual([path, 404, "no-store"]);
    }
  });

  test("keeps its parts for ever, and comes compressed where it lies so", async () => {
    const part = await get("/assets/app-1a2b.js", { "accept-encoding": "gzip, deflate" });
    expect(part.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(part.headers.get("content-encoding")).toBe("gzip");
    expect(part.headers.get("access-control-allow-origin")).toBe("*");
  });
});

describe("the console", () => {
  test.each(["/console", "/console/", "/console/inbox/mine/01a20c50", "/console/setup?token=su_1"])(
    "is the page at %s",
    async (path) => {
      const page = await get(path, { host: "desk.example" });
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<title>Console")]);
      expect(page.headers.get("cache-control")).toBe("no-cache");
      expect(page.headers.get("x-frame-options")).toBe("DENY");
      const policy = page.headers.get("content-security-policy");
      for (const rule of [
        "default-src 'none'",
        "script-src 'self';",
        "style-src 'self';",
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ]) {
        expect(policy).toContain(rule);
      }
      expect(policy).not.toContain("unsafe");
      expect(policy).toContain("connect-src 'self' ws://desk.example wss://desk.example");
    },
  );

  test("keeps its parts for ever, and has none that are not there", async () => {
    expect((await get("/console/assets/main-3c4d.js")).headers.get("cache-control")).toContain("immutable");
    const missing = await get("/console/assets/main-old.js");
    expect([missing.status, missing.headers.get("cache-control")]).toEqual([404, "no-store"]);
  });

  test("does not take a policy from whoever writes the Host header", async () => {
    const page = await get("/console", { host: "evil.example; script-src *" });
    expect(page.headers.get("content-security-policy")).not.toContain("*");
  });
});

test.each([
  "/assets/../../secret.txt",
  "/assets/..%2f..%2fsecret.txt",
  "/assets/%2e%2e/%2e%2e/secret.txt",
  "/assets/..%5c..%5csecret.txt",
  "/assets//etc/passwd",
  "/assets/%00",
  "/assets/%",
  "/assets/",
  "/secret.txt",
])("%s leads nowhere", async (path) => {
  const answer = await get(path);
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain("not served");
});

test("The front door leads to the console", async () => {
  const answer = await get("/");
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/console"]);
});
