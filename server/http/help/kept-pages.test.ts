import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type HttpDesk, openHttpDesk } from "../../../test/support/http-desk.ts";

let desk: HttpDesk;
beforeAll(async () => {
  desk = await openHttpDesk();
});
afterAll(() => desk.close());

test("pages stay as they were drawn while articles learn; the first one alone is drawn anew when what is asked for most changed", async () => {
  const { id, slug } = await desk.desk.articles.create(desk.owner.actor, desk.shop.id, {
    title: "Drawn once",
    body: "Text.",
    locale: "en",
    visibility: "public",
    state: "published",
  });
  const drawn = vi.spyOn(desk.desk.helpCentre, "text");
  const get = async (path: string) =>
    (await desk.ask<string>("GET", `/help/${desk.shop.publicKey}/en${path}`)).body.match(/help-often.*?<\/div>/s)?.[0];
  await get(`/${slug}`);
  expect(await get("")).toBeUndefined();
  await desk.desk.articles.verdict(desk.shop, id, { q: "is it drawn again and again", solved: true, session: "s1" });
  await desk.desk.helpCentre.read(new Map([[id, 5]]));
  desk.clock.advance(60_000);
  expect(await get("")).toContain("Drawn once</a>");
  await get(`/${slug}`);
  expect(drawn).toHaveBeenCalledTimes(1);
});
