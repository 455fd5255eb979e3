import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOME, SHOP } from "../../test/support/desk.ts";
import { type HttpDesk, openHttpDesk } from "../../test/support/http-desk.ts";

let desk: HttpDesk;
beforeAll(async () => {
  desk = await openHttpDesk();
});
afterAll(() => desk.close());

interface Own {
  agent: { avatar?: string };
  fault?: { code: string; field?: string };
}

async function send(bytes: Uint8Array, name: string, as: string, origin = HOME) {
  const form = new FormData();
  form.set("file", new File([bytes as BlobPart], name));
  const headers = as.startsWith("ak_") ? { authorization: `Bearer ${as}` } : { cookie: as, origin };
  const answer = await desk.app.request("/api/session/photo", { method: "POST", body: form, headers });
  return { status: answer.status, body: (await answer.json()) as Own };
}

const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: "#b5532a" } })
    .withExif({ IFD0: { Artist: "Somebody" }, IFD3: { GPSLatitude: "52/1 31/1 0/1" } })
    .jpeg()
    .toBuffer();
const pathOf = ({ agent }: Own) => new URL(agent.avatar ?? "", "http://desk.test").pathname;

test("A photo becomes a small square without what the camera said, and everybody may fetch it", async () => {
  const { body, status } = await send(await photo(1200, 800), "me.jpg", desk.owner.cookie);
  expect(status).toBe(201);
  const answer = await desk.app.request(pathOf(body));
  expect(answer.headers.get("content-type")).toBe("image/webp");
  expect(answer.headers.get("cache-control")).toContain("public");
  const seen = Buffer.from(await answer.arrayBuffer());
  const { width, height, exif } = await sharp(seen).metadata();
  expect({ width, height, exif }).toEqual({ width: 192, height: 192, exif: undefined });
  expect(seen.length).toBeLessThan(10_000);
  const own = await desk.ask<Own>("GET", "/api/session", { as: desk.owner.cookie });
  expect(own.body.agent.avatar).toBe(body.agent.avatar);
});

test("A new photo takes the place of the one before, which is gone", async () => {
  const before = pathOf((await send(await photo(300, 300), "1.jpg", desk.owner.cookie)).body);
  const { body } = await send(await photo(200, 300), "2.jpg", desk.owner.cookie);
  expect(pathOf(body)).not.toBe(before);
  expect((await desk.app.request(before)).status).toBe(404);
  expect((await desk.app.request(pathOf(body))).status).toBe(200);
  const gone = await desk.ask<Own>("DELETE", "/api/session/photo", { as: desk.owner.cookie });
  expect([gone.status, gone.body.agent.avatar]).toEqual([200, undefined]);
  expect((await desk.app.request(pathOf(body))).status).toBe(404);
});

test("The sweep of uploads leaves faces alone", async () => {
  const { body } = await send(await photo(300, 300), "me.jpg", desk.owner.cookie);
  desk.clock.advance(3 * 24 * 3_600_000);
  await desk.desk.files.sweep();
  expect((await desk.app.request(pathOf(body))).status).toBe(200);
});

test("Who leaves takes their face along", async () => {
  const ada = await desk.hire("Ada");
  const { body } = await send(await photo(300, 300), "ada.jpg", ada.cookie);
  await desk.desk.people.remove(desk.owner.actor, ada.actor.id);
  expect((await desk.app.request(pathOf(body))).status).toBe(404);
});

test("No page of another origin changes a face", async () => {
  expect((await send(await photo(300, 300), "me.jpg", desk.owner.cookie, SHOP)).status).toBe(403);
});

test("What is no picture is refused, a program has no face", async () => {
  const page = new TextEncoder().encode("<!doctype html><script>alert(1)</script>");
  const refused = await send(page, "me.png", desk.owner.cookie);
  expect([refused.status, refused.body.fault?.field]).toEqual([400, "type"]);
  const broken = (await photo(300, 300)).subarray(0, 200);
  expect((await send(broken, "me.jpg", desk.owner.cookie)).status).toBe(400);
  expect((await send(await photo(300, 300), "me.jpg", await desk.keyOf("owner"))).status).toBe(403);
});
