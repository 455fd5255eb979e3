import { expect, test } from "vitest";
import { openHttpDesk } from "../../test/support/http-desk.ts";
import type { Article } from "../desk/articles/articles.ts";

test("A program asks for the translations of all articles, or of those that it names.", async () => {
  const desk = await openHttpDesk();
  const as = await desk.keyOf("agent");
  const path = `/api/sites/${desk.shop.id}/articles`;
  const write = async (title: string, locale: string, group?: string) =>
    (await desk.ask<Article>("POST", path, { as, body: { title, body: "Text.", locale, ...(group && { group }) } }))
      .body;
  const [returns, shipping] = [await write("Returns", "en"), await write("Shipping", "en")];
  const chinese = await write("退货", "zh-Hans", returns.group);
  await write("配送", "zh-Hans", shipping.group);
  const asked = async (of: string) => {
    const { body } = await desk.ask<{ items: { group: string }[] }>("GET", `${path}/translations${of}`, { as });
    return body.items.map(({ group }) => group).sort();
  };
  expect(await asked("")).toEqual([returns.group, shipping.group].sort());
  expect(await asked(`?of=${chinese.id}`)).toEqual([returns.group]);
  expect(await asked(`?of=${chinese.id},${shipping.id},nothing`)).toEqual([returns.group, shipping.group].sort());
  await desk.close();
});
