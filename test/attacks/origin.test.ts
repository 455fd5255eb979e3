import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAFE, SHOP } from "../support/desk.ts";
import { openTarget, type Target } from "./target.ts";

let target: Target;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());

const FOREIGN = [
  "https://evil.example",
  "null",
  "https://shop.example.evil.example",
  "https://evilshop.example",
  "https://shop.example:8443",
  "http://shop.example",
  "https://shop.example/",
  "HTTPS://SHOP.EXAMPLE@evil.example",
  "https://shop.example, https://evil.example",
  "*",
];

describe("a handshake", () => {
  test.each(FOREIGN)("from %s is refused, for visitors and for agents with a cookie", async (origin) => {
    const visitor = await target.dialVisitor({}, origin).answer;
    expect(visitor).not.toHaveProperty("hello");
    const agent = await target.dialAgent({ cookie: target.ownerCookie, origin }).answer;
    expect(agent).not.toHaveProperty("hello");
  });

  test("from another site's page is refused for visitors, and from any site's page for an agent's cookie", async () => {
    expect(await target.dialVisitor({}, CAFE).answer).toMatchObject({ fault: { code: "forbidden" } });
    for (const origin of [SHOP, CAFE]) {
      const { answer } = target.dialAgent({ cookie: target.ownerCookie, origin });
      expect(await answer).toMatchObject({ fault: { code: "forbidden" } });
    }
  });

  test("from another site's page, or by long polling from nowhere, is refused as well", async () => {
    const path = "/socket.io/?EIO=4&transport=polling";
    const visitor = `40/visitor,{"v":1,"site":"${target.shop.publicKey}"}`;
    for (const [packet, from] of [
      [visitor, { origin: CAFE }],
      [visitor, {}],
      ['40/agent,{"v":1}', { origin: SHOP, cookie: target.ownerCookie }],
    ] as const) {
      const headers = { ...from, "content-type": "text/plain" };
      const opened = await target.ask("GET", path, { headers });
      const { sid } = JSON.parse(opened.text.slice(1)) as { sid: string };
      await target.ask("POST", `${path}&sid=${sid}`, { headers, body: packet });
      const told = (await target.ask("GET", `${path}&sid=${sid}`, { headers })).text;
      expect(told).toMatch(/^44\/(visitor|agent),.*"code":"forbidden"/);
      expect(told).not.toContain("hello");
    }
  });

  test("with an empty origin is a foreign one for visitors", async () => {
    const line = target.dialVisitor({}, "");
    expect(await line.answer).not.toHaveProperty("hello");
  });

  test("from an origin that nobody lists is refused before the upgrade, whatever it asks for", async () => {
    for (const path of [
      "/socket.io/?EIO=4&transport=polling",
      "/socket.io?EIO=4&transport=polling",
      "/socket.io/../socket.io/?EIO=4&transport=polling",
    ]) {
      const answer = await target.ask("GET", path, { headers: { origin: "https://evil.example" } });
      expect([403, 404]).toContain(answer.status);
      expect(answer.text).not.toContain("sid");
    }
    const upgraded = await raw(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: desk\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    expect(upgraded).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe("CORS", () => {
  test.each(FOREIGN)("reflects %s nowhere, and credentials to nobody", async (origin) => {
    const key = target.shop.publicKey;
    for (const [method, path] of [
      ["GET", `/api/widget/${key}`],
      ["OPTIONS", `/api/widget/${key}/commands`],
      ["GET", "/api/session"],
      ["OPTIONS", "/api/session"],
      ["GET", "/api/sites"],
      ["GET", "/console/"],
      ["GET", `/help/${key}/`],
    ] as const) {
      const { headers } = await target.ask(method, path, { headers: { origin }, as: target.ownerCookie });
      expect([path, headers["access-control-allow-credentials"]]).toEqual([path, undefined]);
      expect([path, headers["access-control-allow-origin"]]).toEqual([path, undefined]);
    }
    const answer = await target.ask("GET", `/api/widget/${key}`, { headers: { origin } });
    expect(answer.fault).toBe("forbidden");
    expect(answer.text).not.toContain(target.shop.name);
  });
});

describe("a write with an agent's cookie", () => {
  const write = (headers: Record<string, string>, body = '{"name":"Owned"}', method = "PATCH") =>
    target.ask(method, `/api/sites/${target.shop.id}`, { as: target.ownerCookie, headers, body });

  test.each(FOREIGN)("from %s is refused", async (origin) => {
    expect((await write({ origin })).fault).toBe("forbidden");
    expect((await write({ "sec-fetch-site": "cross-site" })).fault).toBe("forbidden");
  });

  test.each([
    "application/x-www-form-urlencoded",
    "text/plain",
    "text/plain; charset=application/json",
    "multipart/form-data; boundary=application/json",
    "",
  ])("as %j, which a form can send, is refused", async (type) => {
    expect((await write({ "content-type": type })).status).toBe(400);
    const post = await target.ask("POST", "/api/keys", {
      as: target.ownerCookie,
      headers: { "content-type": type },
      body: '{"name":"Owned","role":"owner"}',
    });
    expect(post.status).toBe(400);
  });

  test("as GET, or with the method in a header or a query, changes nothing", async () => {
    const as = target.ownerCookie;
    for (const path of [`/api/sites/${target.shop.id}?_method=PATCH&name=Owned`, "/api/session?_method=DELETE"]) {
      await target.ask("GET", path, { as, headers: { "x-http-method-override": "DELETE", "x-http-method": "PATCH" } });
    }
    expect((await target.ask("GET", "/api/session", { as })).status).toBe(200);
    expect((await target.ask("GET", `/api/sites/${target.shop.id}`, { as })).body.name).toBe("Shop");
  });
});

describe("the console", () => {
  test("stands in no frame, runs no foreign script, and leaks no address", async () => {
    for (const path of ["/console/", "/console/inbox/all", "/console/invitation?token=in_x"]) {
      const { headers } = await target.ask("GET", path);
      const policy = headers["content-security-policy"] ?? "";
      expect(headers["x-frame-options"]).toBe("DENY");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("default-src 'none'");
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(policy).toContain("base-uri 'none'");
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|script-src[^;]*(\*|https?:|data:)/);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBeTruthy();
      expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
    }
  });

  test("is not opened to every page by a Host that lies, nor named by it in links", async () => {
    const headers = { host: "evil.example", origin: "http://evil.example", "x-forwarded-host": "evil.example" };
    const body = { email: "lin@desk.example" };
    const made = await target.ask("POST", "/api/agents", {
      as: target.ownerCookie,
      body,
      headers: { ...headers, origin: target.url },
    });
    expect(made.text).not.toContain("evil.example");
    const help = `/help/${target.shop.publicKey}`;
    const article = { title: "Returns", body: "Send it back.", locale: "en", visibility: "public", state: "published" };
    const as = target.ownerCookie;
    await target.ask("POST", `/api/sites/${target.shop.id}/articles`, { as, body: article });
    for (const path of ["/en", "/en/returns", "/en/feed.xml", "/sitemap.xml", "/robots.txt"]) {
      const { text } = await target.ask("GET", help + path, { headers });
      // It says where it is, and not where it was told that it is: only what a page may connect to follows that.
      expect(text).toMatch(/http:\/\/localhost:\d+\/help/);
      expect([path, text.includes("evil.example")]).toEqual([path, false]);
    }
    for (const path of [help, "/", "/docs/embedding", "/docs/embedding/README"]) {
      const answer = await target.ask("GET", path, { headers });
      expect(answer.status).toBeLessThan(400);
      expect([path, answer.headers.location, answer.text].join()).not.toContain("evil.example");
    }
  });
});

describe("an address", () => {
  test.each([
    "//evil.example",
    "/\\evil.example",
    "/console//evil.example",
    "/%2f%2fevil.example",
    "/help//evil.example/",
    "/?to=//evil.example",
  ])("like %s leads to nobody else", async (path) => {
    const { headers, status } = await target.ask("GET", path);
    if (status >= 300 && status < 400) expect(headers.location).toMatch(/^\/(?![/\\])/);
    expect(headers.location ?? "").not.toMatch(/^(https?:)?\/\/evil/);
  });

  test.each([
    "//evil.example/",
    "/%2f%2fevil.example/",
    "/%5c%5cevil.example/",
    "/%2f%5cevil.example//",
    "/en/%2f%2fevil.example/",
  ])("like %s on a site's own help host leads to nobody else", async (path) => {
    const host = "help.cafe.example";
    await target.desk.sites.change(target.owner, target.cafe.id, { helpHost: host });
    const { headers, status } = await target.ask("GET", path, { headers: { host } });
    expect(status).toBe(301);
    expect(headers.location).toMatch(/^\/(?![/\\])/);
    expect(new URL(headers.location ?? "", "https://help.cafe.example").host).toBe(host);
  });

  test.each([
    "//api/sites",
    "/api//sites",
    "/API/sites",
    "/api/./sites",
    "/api/x/../sites",
    "/api/%73ites",
    "/api/sites/",
    "/api/sites;a=b",
    "/api%2fsites",
    "/console/../api/sites",
    "/api/widget/../sites",
    "/metrics/../api/sites",
  ])("like %s opens nothing that is closed", async (path) => {
    const answer = await target.ask("GET", path, { headers: { origin: SHOP } });
    expect(answer.text).not.toContain(target.shop.publicKey);
    expect([400, 401, 403, 404]).toContain(
      answer.status === 200 && answer.text.startsWith("<!doctype html>") ? 404 : answer.status,
    );
  });

  test.each([
    "/console/assets/..%2f..%2fpackage.json",
    "/assets/..%2f..%2f..%2fpackage.json",
    "/assets/../../package.json",
    "/console/%2e%2e/%2e%2e/package.json",
    "/assets/..\\..\\package.json",
    "/widget.js%00.html",
  ])("like %s leads to no file of the server's", async (path) => {
    const answer = await target.ask("GET", path);
    expect(answer.text).not.toContain('"better-sqlite3"');
    expect(answer.status === 200 ? answer.headers["content-type"] : "text/html").toMatch(/^text\/html/);
  });
});

test("What is no HTTP is answered with 400 or silence", async () => {
  for (const garbage of ["\x16\x03\x01\x02\x00\x01\x00", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n\0"]) {
    const answer = await raw(garbage);
    expect(answer === "" || answer.startsWith("HTTP/1.1 4")).toBe(true);
  }
  expect((await target.ask("GET", "/healthz")).status).toBe(200);
});

/** What comes back for these bytes, until the other side ends it. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(target.url).port), "127.0.0.1", () => socket.end(bytes));
    let text = "";
    socket.setEncoding("latin1").on("data", (part) => {
      text += part;
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
    socket.setTimeout(10_000, () => socket.destroy());
  });
}
