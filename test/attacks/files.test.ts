import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAFE, HOME, SHOP } from "../support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../support/http-desk.ts";
import { bomb, movingBomb, photo } from "../support/pictures.ts";
import { type Sent, sendForm, upload } from "../support/uploads.ts";

let at: HttpDesk;
beforeAll(async () => {
  at = await openHttpDesk();
});
afterAll(() => at.close());

const send = (sent: Sent, key: string = at.shop.publicKey) => upload(at.app, key, sent);
/** Fetches by the address alone, as whoever was sent it does. */
const fetchFile = (url: string, headers = {}) => at.app.request(url.replace(HOME, ""), { headers });
const post = (token: string, conversation: string, files: unknown[], more: object = {}) =>
  at.ask<{ ok: boolean; fault?: { code: string; field?: string }; event?: { files?: { url: string }[] } }>(
    "POST",
    `/api/widget/${at.shop.publicKey}/commands`,
    {
      body: { type: "post", conversation, id: v7(), text: "", files, ...more },
      headers: { origin: SHOP, authorization: `Bearer ${token}` },
    },
  );

const FORM_OF_TWO = ["a", "b"]
  .map((name) => `--a\r\ncontent-disposition: form-data; name="${name}"; filename="${name}.txt"\r\n\r\nw\r\n`)
  .join("");

describe("What could run never runs here.", () => {
  test.each([
    [
      "a picture that is a script",
      "logo.svg",
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    ],
    ["a picture behind a prologue", "logo.svg", '<?xml version="1.0"?>\n<!-- hi -->\n<svg onload="alert(1)"/>'],
    ["a page", "page.html", "<!doctype html><script>alert(document.domain)</script>"],
    ["a page that calls itself a picture", "photo.jpg", "<html><body onload=alert(1)>"],
    ["a page that calls itself a text", "notes.txt", "  <script>alert(1)</script>"],
    ["XML with a style sheet", "feed.xml", '<?xml version="1.0"?><?xml-stylesheet href="x.xsl" type="text/xsl"?><a/>'],
    ["a script", "run.js", "alert(1)"],
  ])("%s is saved, never shown", async (_what, name, bytes) => {
    const { token } = await at.welcome();
    const { status, body } = await send({ token, name, bytes, type: "image/png" });
    expect(status).toBe(201);
    const got = await fetchFile(body.file.url);
    expect(got.status).toBe(200);
    expect(got.headers.get("content-disposition")).toMatch(/^attachment;/);
    expect(got.headers.get("content-type")).toBe("application/octet-stream");
    expect(got.headers.get("x-content-type-options")).toBe("nosniff");
    expect(got.headers.get("content-security-policy")).toMatch(/default-src 'none'.*; sandbox$/);
    expect(await got.text()).toBe(bytes);
  });

  test("a picture is shown with the same guards, and nothing of the bytes that were sent", async () => {
    const { token } = await at.welcome();
    const script = Buffer.from("<script>alert(1)</script>");
    const bytes = Buffer.concat([await photo(), script]);
    const { body } = await send({ token, name: "photo.jpg", bytes });
    const got = await fetchFile(body.file.url);
    expect(got.headers.get("content-type")).toBe("image/jpeg");
    expect(got.headers.get("content-disposition")).toMatch(/^inline;/);
    expect(got.headers.get("x-content-type-options")).toBe("nosniff");
    expect(got.headers.get("content-security-policy")).toContain("sandbox");
    expect(Buffer.from(await got.arrayBuffer()).includes(script)).toBe(false);
  });
});

describe("A file is what stands in it, whatever it is called.", () => {
  test.each([
    ["a program", "invoice.pdf", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(400)])],
    ["a Unix program", "photo.png", Buffer.concat([Buffer.from("\x7fELF\x02\x01\x01"), Buffer.alloc(400)])],
    ["bytes without a meaning", "notes.txt", Buffer.from([1, 2, 3, 0, 255, 254, 9])],
    [
      "an installer in the old office format",
      "setup.msi",
      Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]),
    ],
  ])("%s is refused", async (_what, name, bytes) => {
    const { token } = await at.welcome();
    const { status, fault } = await send({ token, name, bytes, type: "image/png" });
    expect([status, fault]).toEqual([400, "invalid"]);
  });

  test.each([
    ["photo.jpg", "<html>hello", "photo.jpg.html", "text/html"],
    ["report.pdf.html", "<html>hello", "report.pdf.html", "text/html"],
    ["logo.png", "<svg/>", "logo.png.svg", "image/svg+xml"],
    ["run.exe", "just words", "run.exe.txt", "text/plain"],
    ["invoice\u202Efdp.exe", "just words", "invoicefdp.exe.txt", "text/plain"],
    ["a\u200Bb\u0000c\u2066.txt", "just words", "abc.txt", "text/plain"],
    ["../../etc/passwd", "just words", "passwd.txt", "text/plain"],
    ["..\\..\\boot.txt", "just words", "boot.txt", "text/plain"],
    [".htaccess", "just words", "htaccess.txt", "text/plain"],
    ["<img src=x onerror=alert(1)>.csv", "a,b", "_img src=x onerror=alert(1)_.csv", "text/csv"],
    [`${"x".repeat(300)}.txt`, "just words", `${"x".repeat(116)}.txt`, "text/plain"],
    [
      "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308.txt",
      "just words",
      "é\u0302\u0303\u0304\u0305.txt",
      "text/plain",
    ],
  ])("%j is shown honestly", async (name, bytes, shown, type) => {
    const { token } = await at.welcome();
    const { body } = await send({ token, name, bytes });
    expect(body.file).toMatchObject({ name: shown, type });
    const disposition = (await fetchFile(body.file.url)).headers.get("content-disposition") ?? "";
    expect(disposition).not.toMatch(/[\r\n]/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? "")).toBe(shown);
  });
});

describe("Pictures lose what they tell beside the picture.", () => {
  test("positions, cameras and times are gone, and it stands upright", async () => {
    const { token } = await at.welcome();
    const bytes = await photo({ width: 60, height: 40 });
    expect(bytes.includes("Secretphone")).toBe(true);
    const { body } = await send({ token, name: "IMG_0001.JPG", bytes });
    expect(body.file).toMatchObject({ name: "IMG_0001.JPG", type: "image/jpeg", width: 40, height: 60 });
    const got = Buffer.from(await (await fetchFile(body.file.url)).arrayBuffer());
    const { exif, xmp, iptc, width, height } = await sharp(got).metadata();
    expect([exif, xmp, iptc, width, height]).toEqual([undefined, undefined, undefined, 40, 60]);
    expect(got.length).toBe(body.file.size);
  });

  test("what cannot be drawn anew is not taken: a photo format that would keep its position", async () => {
    const { token } = await at.welcome();
    const heic = Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0heicmif1"), Buffer.alloc(200)]);
    expect((await send({ token, name: "IMG_0002.HEIC", bytes: heic })).fault).toBe("invalid");
    const half = (await photo({ width: 900, height: 900 })).subarray(0, 1500);
    expect((await send({ token, name: "half.jpg", bytes: half })).fault).toBe("invalid");
  });
});

describe("Bombs do no harm.", () => {
  test("14,000² pixels are refused before they are unpacked, and others are served meanwhile", async () => {
    const { token } = await at.welcome();
    const bytes = bomb(14_000);
    expect(bytes.length).toBeLessThan(3_000_000);
    const before = process.memoryUsage().rss;
    const { status, fault } = await send({ token, name: "big.png", bytes });
    expect([status, fault]).toEqual([413, "too-large"]);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test("a picture that moves counts with all its frames", async () => {
    const { token } = await at.welcome();
    const bytes = movingBomb(8_000, 4_000, 2);
    expect((await send({ token, name: "moves.gif", bytes })).fault).toBe("too-large");
    const frames = ["#f00", "#0f0", "#00f"].map((background) =>
      sharp({ create: { width: 100, height: 100, channels: 3, background } })
        .png()
        .toBuffer(),
    );
    const few = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif()
      .toBuffer();
    const { file } = (await send({ token, name: "moves.gif", bytes: few })).body;
    expect(file).toMatchObject({ name: "moves.webp", type: "image/webp", width: 100, height: 100 });
  });

  test("archives are kept as they are, and never unpacked", async () => {
    const { token } = await at.welcome();
    const bytes = gzipSync(Buffer.alloc(300_000_000), { level: 9 });
    const [before, started] = [process.memoryUsage().rss, performance.now()];
    const { status, body } = await send({ token, name: "bomb.gz", bytes });
    expect([status, body.file?.type]).toEqual([201, "application/gzip"]);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});

describe("One may send so much, and no more.", () => {
  test("a file over the site's limit is refused, also where nobody said how long it is", async () => {
    const { token } = await at.welcome();
    const bytes = Buffer.alloc(10_000_001, "a");
    expect(await send({ token, bytes })).toMatchObject({ status: 413, fault: "too-large" });
    const boundary = "x".repeat(30);
    let given = 0;
    const body = new ReadableStream({
      start: (to) =>
        to.enqueue(
          Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n`),
        ),
      pull(to) {
        given += 64 * 1024;
        to.enqueue(Buffer.alloc(64 * 1024, "a"));
        if (given > 200_000_000) to.close();
      },
    });
    const response = await at.app.request(`/api/widget/${at.shop.publicKey}/files`, {
      method: "POST",
      body,
      duplex: "half",
      headers: {
        origin: SHOP,
        authorization: `Bearer ${token}`,
        "content-type": `multipart/form-data; boundary=${boundary}`,
      },
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(given).toBeLessThan(20_000_000);
  });

  test("a visitor's day holds ten times the largest file", async () => {
    const { token } = await at.welcome();
    const bytes = Buffer.alloc(9_900_000, "a");
    const answers = [];
    for (let n = 0; n < 11; n++) answers.push((await send({ token, bytes, id: v7() })).fault);
    expect(answers.slice(0, 10).every((fault) => fault === undefined)).toBe(true);
    expect(answers[10]).toBe("limited");
    at.clock.advance(24 * 3_600_000 + 1);
    expect((await send({ token, bytes })).status).toBe(201);
  });

  test("what the site does not take is not taken", async () => {
    await at.desk.sites.change(at.owner.actor, at.shop.id, { files: { types: ["image"], megabytes: 1 } });
    const { token } = await at.welcome();
    expect((await send({ token, bytes: "words" })).fault).toBe("invalid");
    expect((await send({ token, name: "a.jpg", bytes: await photo() })).status).toBe(201);
    expect((await send({ token, bytes: Buffer.alloc(1_000_001) })).fault).toBe("too-large");
    await at.desk.sites.change(at.owner.actor, at.shop.id, { files: { types: [], megabytes: 1 } });
    expect((await send({ token, name: "a.jpg", bytes: await photo() })).fault).toBe("forbidden");
    await at.desk.sites.change(at.owner.actor, at.shop.id, {
      files: { types: ["image", "pdf", "text", "office", "archive"], megabytes: 10 },
    });
  });

  test.each([
    ["no form", "just words", "text/plain"],
    ["a form without a boundary", "--a\r\n\r\n", "multipart/form-data"],
    [
      "a form without a file",
      '--a\r\ncontent-disposition: form-data; name="id"\r\n\r\n1\r\n--a--\r\n',
      "multipart/form-data; boundary=a",
    ],
    [
      "a form cut short",
      '--a\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords',
      "multipart/form-data; boundary=a",
    ],
    ["two files", `${FORM_OF_TWO}--a--\r\n`, "multipart/form-data; boundary=a"],
    [
      "an empty file",
      '--a\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\n\r\n--a--\r\n',
      "multipart/form-data; boundary=a",
    ],
  ])("%s is refused", async (_what, body, type) => {
    const { token } = await at.welcome();
    const response = await at.app.request(`/api/widget/${at.shop.publicKey}/files`, {
      method: "POST",
      body,
      headers: { origin: SHOP, authorization: `Bearer ${token}`, "content-type": type },
    });
    expect(response.status).toBe(400);
    expect(at.errors).toEqual([]);
  });
});

describe("A file is its author's, and then its conversation's.", () => {
  test("another's file with one's own token is not found, nor is one of another site, or one that was sent", async () => {
    const [priya, mallory] = [await at.welcome(), await at.welcome()];
    const { body } = await send({ token: priya.token, bytes: "a secret" });
    const stolen = await post(mallory.token, v7(), [body.file.id]);
    expect(stolen.fault).toBe("not-found");
    const sent = await post(priya.token, v7(), [body.file.id]);
    expect(sent.body).toMatchObject({ ok: true, event: { text: "", files: [body.file] } });
    expect((await post(mallory.token, v7(), [body.file.id])).fault).toBe("not-found");
    expect((await post(priya.token, v7(), [body.file.id])).fault).toBe("not-found");
    const agent = await at.hire("Ann");
    const reply = { type: "post", id: v7(), text: "", files: [body.file.id], seen: 9 };
    const conversation = sent.body.event as unknown as { conversation: string };
    const byAgent = await at.ask("POST", `/api/conversations/${conversation.conversation}/commands`, {
      as: agent.cookie,
      body: reply,
      headers: { origin: HOME },
    });
    expect(byAgent.fault).toBe("not-found");
  });

  test("the same id of another author is another file", async () => {
    const [priya, mallory] = [await at.welcome(), await at.welcome()];
    const id = v7();
    const hers = (await send({ token: priya.token, bytes: "hers", id })).body.file;
    const his = (await send({ token: mallory.token, bytes: "his", id })).body.file;
    expect(his.url).not.toBe(hers.url);
    expect(await (await fetchFile(hers.url)).text()).toBe("hers");
    const posted = await post(mallory.token, v7(), [id]);
    expect(posted.body.event?.files).toEqual([his]);
  });

  test("D2 the same id again is the same file; with other bytes it is refused", async () => {
    const { token } = await at.welcome();
    const id = v7();
    const first = await send({ token, bytes: "words", id });
    const again = await send({ token, bytes: "words", id });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect((await send({ token, bytes: "others", id })).fault).toBe("reused-id");
    const both = await Promise.all(
      [1, 2, 3].map(() => send({ token, bytes: "at once", id: "0197a000-0000-7000-8000-00000000000a" })),
    );
    expect(new Set(both.map(({ body }) => body.file.url)).size).toBe(1);
  });

  test.each([["../../x"], ["1"], [""], ["{}"], ["0197A000-0000-7000-8000-00000000000A"]])(
    "an id like %j is refused",
    async (id) => {
      const { token } = await at.welcome();
      expect((await send({ token, bytes: "words", id })).fault).toBe("invalid");
      expect((await post(token, v7(), [id])).fault).toBe("not-found");
    },
  );

  test("a token of another site, of nobody, or none uploads nothing; nor does a foreign page", async () => {
    const guest = await at.welcome(at.cafe);
    expect((await send({ token: guest.token, bytes: "x" })).fault).toBe("unauthorized");
    expect((await send({ token: "vt_nobody", bytes: "x" })).fault).toBe("unauthorized");
    const { token } = await at.welcome();
    expect((await send({ token, bytes: "x", headers: { authorization: "" } })).fault).toBe("unauthorized");
    expect((await send({ token, bytes: "x", headers: { origin: CAFE } })).fault).toBe("forbidden");
  });

  test("an address works for who was sent it, is found by nobody, and holds no token", async () => {
    const { token } = await at.welcome();
    const { file } = (await send({ token, bytes: "words" })).body;
    expect(file.url).toMatch(/^https:\/\/desk\.example\/files\/[0-9a-f-]{36}\/[\w-]{24}$/);
    expect(file.url).not.toContain(token);
    const [, , id = "", signature = ""] = new URL(file.url).pathname.split("/");
    const other = signature.startsWith("A") ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    for (const path of [
      `/files/${id}/${other}`,
      `/files/${id}/`,
      `/files/${id}`,
      `/files/${v7()}/${signature}`,
      "/files/..%2f..%2fdeskbell.db/x",
      `/files/${id}/${signature}/..%2f..`,
    ])
      expect((await at.app.request(path)).status, path).toBe(404);
    const got = await fetchFile(file.url);
    expect(got.headers.get("referrer-policy")).toBe("no-referrer");
    expect(got.headers.get("cache-control")).toContain("private");
    expect(got.headers.get("x-robots-tag")).toBe("noindex");
  });
});

describe("Agents' files", () => {
  const path = () => `/api/sites/${at.shop.id}/files`;

  test("are taken from our own pages and from keys, not from a foreign page's form", async () => {
    const { cookie } = await at.hire("Bea");
    const bytes = "a price list";
    const none = await sendForm(at.app, path(), { bytes }, { cookie });
    const foreign = await sendForm(at.app, path(), { bytes }, { cookie, origin: "https://evil.example" });
    const cross = await sendForm(at.app, path(), { bytes }, { cookie, origin: HOME, "sec-fetch-site": "cross-site" });
    expect([none.fault, foreign.fault, cross.fault]).toEqual(["invalid", "forbidden", "forbidden"]);
    expect((await sendForm(at.app, path(), { bytes }, { cookie, origin: HOME })).status).toBe(201);
    const key = await at.keyOf("agent");
    expect((await sendForm(at.app, path(), { bytes }, { authorization: `Bearer ${key}` })).status).toBe(201);
    const elsewhere = await sendForm(at.app, `/api/sites/${at.cafe.id}/files`, { bytes }, { cookie, origin: HOME });
    expect(elsewhere.fault).toBe("not-found");
  });

  test("a picture of an article is for everybody, and cannot be sent as somebody's file", async () => {
    const { cookie } = await at.hire("Cleo");
    const asked = { cookie, origin: HOME };
    expect((await sendForm(at.app, `${path()}?for=article`, { bytes: "words" }, asked)).fault).toBe("invalid");
    const { body } = await sendForm(at.app, `${path()}?for=article`, { bytes: await photo(), name: "a.jpg" }, asked);
    const got = await fetchFile(body.file.url);
    expect(got.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(got.headers.get("x-robots-tag")).toBeNull();
  });
});

describe("What nobody has any more is gone.", () => {
  test("an upload that no message took goes after a day; one that was sent stays", async () => {
    const { token } = await at.welcome();
    const [lost, kept] = [await send({ token, bytes: "lost" }), await send({ token, bytes: "kept" })];
    await post(token, v7(), [kept.body.file.id]);
    at.clock.advance(25 * 3_600_000);
    await at.desk.files.sweep();
    await at.desk.files.sweep();
    expect((await fetchFile(lost.body.file.url)).status).toBe(404);
    expect(await (await fetchFile(kept.body.file.url)).text()).toBe("kept");
  });

  test("an article's picture stays while the article names it", async () => {
    const key = await at.keyOf("admin");
    const headers = { authorization: `Bearer ${key}` };
    const path = `/api/sites/${at.shop.id}/files?for=article`;
    const [named, not] = [await photo({ width: 11 }), await photo({ width: 12 })];
    const one = (await sendForm(at.app, path, { bytes: named, name: "a.jpg" }, headers)).body.file;
    const other = (await sendForm(at.app, path, { bytes: not, name: "b.jpg" }, headers)).body.file;
    const body = { title: "Boards", body: `Look: ![a board](${one.url})`, locale: "en" };
    expect((await at.ask("POST", `/api/sites/${at.shop.id}/articles`, { as: key, body })).status).toBe(201);
    at.clock.advance(25 * 3_600_000);
    await at.desk.files.sweep();
    expect((await fetchFile(one.url)).status).toBe(200);
    expect((await fetchFile(other.url)).status).toBe(404);
  });

  test("an erased visitor's files are gone with their words, and what agents sent them", async () => {
    const { token, visitor } = await at.welcome();
    const { body } = await send({ token, bytes: "a secret" });
    const unsent = await send({ token, bytes: "another" });
    const conversation = v7();
    await post(token, conversation, [body.file.id]);
    const key = await at.keyOf("owner");
    const headers = { authorization: `Bearer ${key}` };
    const theirs = await sendForm(at.app, `/api/sites/${at.shop.id}/files`, { bytes: "an answer" }, headers);
    const reply = { type: "post", id: v7(), text: "", files: [theirs.body.file.id], seen: 9 };
    expect((await at.ask("POST", `/api/conversations/${conversation}/commands`, { as: key, body: reply })).status).toBe(
      200,
    );
    await at.desk.erasure.erase(at.owner.actor, visitor.id);
    for (const { file } of [body, unsent.body, theirs.body]) expect((await fetchFile(file.url)).status).toBe(404);
    const events = await at.ask("GET", `/api/conversations/${conversation}/events`, { as: key });
    expect(JSON.stringify(events.body)).not.toContain("/files/");
  });

  test("the files of a message that was taken back are gone", async () => {
    const { token } = await at.welcome();
    const conversation = v7();
    await post(token, conversation, [], { text: "Hello" });
    const key = await at.keyOf("owner");
    const headers = { authorization: `Bearer ${key}` };
    const { file } = (await sendForm(at.app, `/api/sites/${at.shop.id}/files`, { bytes: "too much" }, headers)).body;
    const command = (body: object) =>
      at.ask<{ event: { seq: number } }>("POST", `/api/conversations/${conversation}/commands`, { as: key, body });
    const posted = await command({ type: "post", id: v7(), text: "", files: [file.id], seen: 9 });
    await command({ type: "redact", target: posted.body.event.seq });
    expect((await fetchFile(file.url)).status).toBe(404);
  });
});
