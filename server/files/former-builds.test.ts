import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";
import { startBuilds } from "../jobs/builds.ts";
import { createFormerBuilds, type FormerBuilds } from "./former-builds.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** One part more than the other has. */
const A = ["app-AAAAaaaa.js", "chat-AAAAaaaa.js", "call-me-AAAAaaaa.js"];
const B = ["app-B_b-B_b-.js", "chat-B_b-B_b-.js"];

let root: string;
let now: number;
let desk: HttpDesk | undefined;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "deskbell-builds-"));
  now = Date.now();
});
afterEach(async () => {
  await desk?.close();
  desk = undefined;
  rmSync(root, { recursive: true });
});

/** What `vite build` does: empties the folder and writes the files of one build. */
function build(names: readonly string[]) {
  rmSync(join(root, "dist"), { recursive: true, force: true });
  mkdirSync(join(root, "dist/widget/assets"), { recursive: true });
  for (const name of names) {
    const file = join(root, "dist/widget/assets", name);
    writeFileSync(file, `whole("${name}")`);
    writeFileSync(`${file}.br`, brotliCompressSync(`whole("${name}")`));
    utimesSync(file, 1_700_000_000, 1_700_000_000);
    utimesSync(`${file}.br`, 1_700_000_000, 1_700_000_000);
  }
}

/** A server that starts on what was built last. */
async function start(): Promise<FormerBuilds> {
  await desk?.close();
  const folder = join(root, "data/widget");
  const builds = createFormerBuilds({ assets: join(root, "dist/widget/assets"), folder, clock: { now: () => now } });
  desk = await openHttpDesk({ dist: join(root, "dist"), former: builds.find });
  await startBuilds(builds, (error) => desk?.errors.push(error))();
  expect(desk.errors).toEqual([]);
  return builds;
}

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await (desk as HttpDesk).app.request(path, { headers });
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    bytes: Buffer.from(await answer.arrayBuffer()).toString("hex"),
  };
}

test("A page that was open before an upgrade gets what it had not fetched, as the build before gave it", async () => {
  build(A);
  await start();
  const asked: [path: string, headers?: Record<string, string>][] = [
    ...A.map((name) => [`/assets/${name}`] as [string]),
    ["/assets/chat-AAAAaaaa.js", { "accept-encoding": "gzip, br" }],
    ["/assets/~2/chat-AAAAaaaa.js"],
    ["/~/assets/~1/call-me-AAAAaaaa.js", { range: "bytes=2-5" }],
  ];
  const before = await Promise.all(asked.map(([path, headers]) => get(path, headers)));
  expect(before.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 206]);
  expect(before[3]?.headers).toMatchObject({
    "content-encoding": "br",
    "cache-control": expect.stringContaining("immu"),
  });

  build(B);
  await start();
  expect((await get("/assets/app-B_b-B_b-.js")).status).toBe(200);
  expect(await Promise.all(asked.map(([path, headers]) => get(path, headers)))).toEqual(before);
});

test("A build's four weeks begin when it is served no more, and then it goes", async () => {
  build(A);
  const first = await start();
  now += 90 * DAY_MS;
  await first.keep();
  build(B);
  const second = await start();
  const status = async () => (await get("/assets/call-me-AAAAaaaa.js")).status;
  now += 28 * DAY_MS;
  await second.keep();
  expect(await status()).toBe(200);
  now += 1;
  await second.keep();
  expect([await status(), (await get("/assets/call-me-AAAAaaaa.js")).headers["cache-control"]]).toEqual([
    404,
    "no-store",
  ]);
  expect((await get("/assets/chat-B_b-B_b-.js")).status).toBe(200);
});

test("Who builds all day keeps the fifty that were served last", async () => {
  let builds: FormerBuilds | undefined;
  for (let n = 0; n < 60; n++) {
    build([`app-build-${10 + n}.js`]);
    now += 1_000;
    if (builds) await builds.keep();
    else builds = await start();
  }
  const kept = readdirSync(join(root, "data/widget")).sort();
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([51, "build-19", "build-69"]);
});

test("Only what a build may call its files leads anywhere", async () => {
  build(A);
  await start();
  build(B);
  const { find } = await start();
  const builds = join(root, "data/widget");
  writeFileSync(join(builds, "secret.js"), "not served");
  writeFileSync(join(builds, "AAAAaaaa", "secret.txt"), "not served");
  writeFileSync(join(root, "data", "deskbell-AAAAaaaa.js"), "not served");
  for (const path of [
    "/assets/secret.js",
    "/assets/secret.txt",
    "/assets/AAAAaaaa/secret.txt",
    "/assets/deskbell-AAAAaaaa.js",
    "/assets/..%2fdeskbell-AAAAaaaa.js",
    "/assets/%2e%2e/deskbell-AAAAaaaa.js",
    "/assets/x-../../..-AAAAaaaa.js",
    "/assets/..%2f..%2fdata%2fdeskbell-AAAAaaaa.js",
    "/assets/..\\deskbell-AAAAaaaa.js",
    "/assets/app-AAAAaaaa.js%00",
    "/assets/~1/../../../data/deskbell-AAAAaaaa.js",
    "/app-AAAAaaaa.js",
    "/console/assets/app-AAAAaaaa.js",
  ]) {
    const { status, bytes } = await get(path);
    expect([path, status]).toEqual([path, 404]);
    expect(Buffer.from(bytes, "hex").toString()).not.toContain("not served");
  }
  for (const name of [
    "../../deskbell-AAAAaaaa.js",
    "..\\deskbell-AAAAaaaa.js",
    "x-../../x.js",
    "secret.txt",
    "",
    "..-.js",
  ])
    expect([name, find(name)]).toEqual([name, undefined]);
});

test("A disk that takes nothing stops no server, and leaves no half of a build", async () => {
  build(A);
  mkdirSync(join(root, "data"));
  writeFileSync(join(root, "data/widget"), "a file where the folder should be");
  const assets = join(root, "dist/widget/assets");
  const log = vi.fn();
  const builds = (folder: string) => createFormerBuilds({ assets, folder, clock: { now: () => now } });
  await startBuilds(builds(join(root, "data/widget")), log)();
  expect(log).toHaveBeenCalledTimes(1);

  // One file cannot be read, as where a disk is full in the middle.
  mkdirSync(join(assets, "stuck-AAAAaaaa.js"));
  await startBuilds(builds(join(root, "data/builds")), log)();
  expect(log).toHaveBeenCalledTimes(2);
  expect(readdirSync(join(root, "data/builds"))).toEqual([]);
});

test("Without a build there is nothing to keep", async () => {
  await start();
  expect(existsSync(join(root, "data"))).toBe(false);
});
