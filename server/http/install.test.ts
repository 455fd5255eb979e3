import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { SHOP } from "../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

let desk: HttpDesk;
let dist: string;
beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), "deskbell-dist-"));
  await mkdir(join(dist, "widget"));
  await writeFile(join(dist, "widget/widget.js"), "import(`https://help/assets/app-newest00.js`)");
  desk = await openHttpDesk({ dist });
});
afterAll(async () => {
  await desk.close();
  await rm(dist, { recursive: true });
});

/** The widget asks for its configuration, and says this along. */
async function asks(said: string) {
  const path = `/api/widget/${desk.shop.publicKey}?locale=en${said}`;
  expect((await desk.ask("GET", path, { headers: { origin: SHOP } })).status).toBe(200);
}
/** Nobody's page waits for this to be written. */
const sees = (expected: object) =>
  vi.waitFor(async () => expect(await seen()).toEqual([{ origin: SHOP, ...expected }]));
const seen = async () => (await sightings()).map(({ at: _, ...rest }) => rest);
const sightings = async () => {
  const path = `/api/sites/${desk.shop.id}/install`;
  return (await desk.ask<{ seen: { at: string; origin: string }[] }>("GET", path, { as: desk.owner.cookie })).body.seen;
};

test("What a page's widget found there is shown: an old build, two tags, a policy that blocks", async () => {
  await asks("&build=newest00&tags=1");
  await sees({ tags: 1 });
  desk.clock.advance(31_000);
  await asks("&build=older000&tags=2");
  await sees({ tags: 2, old: true });
  // Said at once, though the page was seen a moment ago.
  await asks("&build=older000&tags=2&blocked=connect-src");
  await sees({ tags: 2, old: true, blocked: "connect-src" });
});

test("What was blocked long before the newest look is mended", async () => {
  desk.clock.advance(61_000);
  await asks("&build=newest00&tags=1");
  await sees({ tags: 1 });
});

test("What cannot be understood is left out, and nobody's widget is the worse for it", async () => {
  const [before] = await sightings();
  desk.clock.advance(31_000);
  await asks("&build=%3Cscript%3E&tags=lots&blocked=everything");
  await vi.waitFor(async () => expect((await sightings())[0]?.at).not.toBe(before?.at));
  await sees({ tags: 1 });
});

test("A page that the site does not list is shown, until it is listed; of many the newest five", async () => {
  const origins = Array.from({ length: 7 }, (_, at) => `https://staging-${at}.example`);
  for (const origin of ["null", "nonsense", ...origins]) {
    const answer = await desk.ask("GET", `/api/widget/${desk.shop.publicKey}?locale=en`, { headers: { origin } });
    expect(answer.status).toBe(403);
  }
  const foreign = async () => (await seen()).map(({ origin }) => origin).filter((origin) => origin !== SHOP);
  expect(await foreign()).toEqual(origins.slice(2));
  const listed = { origins: [SHOP, origins[6]] };
  const path = `/api/sites/${desk.shop.id}`;
  expect((await desk.ask("PATCH", path, { as: desk.owner.cookie, body: listed })).status).toBe(200);
  expect(await foreign()).toEqual(origins.slice(2, 6));
});
