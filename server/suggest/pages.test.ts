import { expect, it } from "vitest";
import { article, openIndex, shop } from "../../test/support/suggest.ts";

it("A page has its articles before anything is typed", () => {
  const index = shop();
  expect(index.forPage({ url: "https://shop.example/checkout/pay?step=2" })).toEqual([{ id: "delivery", score: 1 }]);
  expect(index.forPage({ url: "https://shop.example/", title: "Returns" })[0]?.id).toBe("returns");
  expect(index.forPage({ url: "not a url" })).toEqual([]);
});

it("Several articles for one page come in their own order, whichever was put in or changed last", () => {
  const index = openIndex();
  const put = (id: string, order: number) => index.put(article(id, `About ${id}`, { pages: ["/cart*"], order }));
  const shown = () => index.forPage({ url: "https://shop.example/cart", locale: "en" }).map(({ id }) => id);
  put("third", 3);
  put("first", 1);
  put("second", 2);
  expect(shown()).toEqual(["first", "second", "third"]);
  put("first", 1);
  expect(shown()).toEqual(["first", "second", "third"]);
});
