import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bomb, movingBomb, photo } from "../support/pictures.ts";
import { type FilesDesk, openFilesDesk } from "./files-desk.ts";

let at: FilesDesk;
beforeAll(async () => {
  at = await openFilesDesk();
});
afterAll(() => at.close());

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
    const { status, body } = await at.send({ token, name, bytes, type: "image/png" });
    expect(status).toBe(201);
    const got = await at.fetchFile(body.file.url);
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
    const { body } = await at.send({ token, name: "photo.jpg", bytes });
    const got = await at.fetchFile(body.file.url);
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
    const { status, fault } = await at.send({ token, name, bytes, type: "image/png" });
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
    const { body } = await at.send({ token, name, bytes });
    expect(body.file).toMatchObject({ name: shown, type });
    const disposition = (await at.fetchFile(body.file.url)).headers.get("content-disposition") ?? "";
    expect(disposition).not.toMatch(/[\r\n]/);
    expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? "")).toBe(shown);
  });
});

describe("Pictures lose what they tell beside the picture.", () => {
  test("positions, cameras and times are gone, and it stands upright", async () => {
    const { token } = await at.welcome();
    const bytes = await photo({ width: 60, height: 40 });
    expect(bytes.includes("Secretphone")).toBe(true);
    const { body } = await at.send({ token, name: "IMG_0001.JPG", bytes });
    expect(body.file).toMatchObject({ name: "IMG_0001.JPG", type: "image/jpeg", width: 40, height: 60 });
    const got = Buffer.from(await (await at.fetchFile(body.file.url)).arrayBuffer());
    const { exif, xmp, iptc, width, height } = await sharp(got).metadata();
    expect([exif, xmp, iptc, width, height]).toEqual([undefined, undefined, undefined, 40, 60]);
    expect(got.length).toBe(body.file.size);
  });

  test("what cannot be drawn anew is not taken: a photo format that would keep its position", async () => {
    const { token } = await at.welcome();
    const heic = Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0heicmif1"), Buffer.alloc(200)]);
    expect((await at.send({ token, name: "IMG_0002.HEIC", bytes: heic })).fault).toBe("invalid");
    const half = (await photo({ width: 900, height: 900 })).subarray(0, 1500);
    expect((await at.send({ token, name: "half.jpg", bytes: half })).fault).toBe("invalid");
  });
});

describe("Bombs do no harm.", () => {
  test("14,000² pixels are refused before they are unpacked, and others are served meanwhile", async () => {
    const { token } = await at.welcome();
    const bytes = bomb(14_000);
    expect(bytes.length).toBeLessThan(3_000_000);
    const before = process.memoryUsage().rss;
    const { status, fault } = await at.send({ token, name: "big.png", bytes });
    expect([status, fault]).toEqual([413, "too-large"]);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test("a picture that moves counts with all its frames", async () => {
    const { token } = await at.welcome();
    const bytes = movingBomb(8_000, 4_000, 2);
    expect((await at.send({ token, name: "moves.gif", bytes })).fault).toBe("too-large");
    const frames = ["#f00", "#0f0", "#00f"].map((background) =>
      sharp({ create: { width: 100, height: 100, channels: 3, background } })
        .png()
        .toBuffer(),
    );
    const few = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif()
      .toBuffer();
    const { file } = (await at.send({ token, name: "moves.gif", bytes: few })).body;
    expect(file).toMatchObject({ name: "moves.webp", type: "image/webp", width: 100, height: 100 });
  });

  test("archives are kept as they are, and never unpacked", async () => {
    const { token } = await at.welcome();
    const bytes = gzipSync(Buffer.alloc(300_000_000), { level: 9 });
    const [before, started] = [process.memoryUsage().rss, performance.now()];
    const { status, body } = await at.send({ token, name: "bomb.gz", bytes });
    expect([status, body.file?.type]).toEqual([201, "application/gzip"]);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });
});
