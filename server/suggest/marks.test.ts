import { describe, expect, it } from "vitest";
import { shop } from "../../test/support/suggest.ts";

describe("marks", () => {
  it("stand on the beginning of a Chinese word that is still being typed, and speckle nothing", () => {
    expect(marked("怎么退", "订单怎么退款")).toEqual(["怎么退"]);
    expect(marked("怎么退", "退出后怎么办")).toEqual(["怎么"]);
  });

  it("stand on the words of the question, in any inflection", () => {
    expect(marked("returning orders", "You can return an order.")).toEqual(["return", "order"]);
    expect(marked("café", "The CAFE is open")).toEqual(["CAFE"]);
  });

  it("stand on Chinese words in either script", () => {
    expect(marked("退貨政策", "我们的退货政策如下")).toEqual(["退货政策"]);
  });

  it("stand on the word being typed", () => {
    expect(marked("deliv", "Delivery times")).toEqual(["Delivery"]);
  });

  it("stand on a word that begins with three letters of the last one, accents or not, and with no fewer", () => {
    expect(marked("pas", "The pasword is past its passé days")).toEqual(["pasword", "past", "passé"]);
    expect(marked("pa", "The pasword")).toEqual([]);
    expect(marked("passé", "Passes, passées")).toEqual(["Passes", "passées"]);
  });

  it("stand on whole words only once the last one is done, or something else follows it", () => {
    for (const q of ["deliv ", "deliv, parcel", "deliv怎么"]) expect(marked(q, "Delivery times")).toEqual([]);
    expect(marked("parcel deliv", "Delivery of parcels")).toEqual(["Delivery", "parcels"]);
  });

  it("stand where the words are, between characters of two units each as well", () => {
    expect(marked("退货", "𠮷退货𠮷退货")).toEqual(["退货", "退货"]);
    expect(marked("ｒｅｆｕｎｄ", "a ﬁne refund")).toEqual(["refund"]);
  });

  it("are one where they touch, and two where anything stands between", () => {
    expect(marked("退货政策", "退货，政策；退货政策")).toEqual(["退货", "政策", "退货政策"]);
  });

  it("stand in the first hundred thousand characters", () => {
    const far = "x".repeat(99_989);
    expect(marked("parcel", `${far} parcel parcel`)).toEqual(["parcel"]);
  });

  it("are none where nothing matches", () => {
    expect(marked("", "text")).toEqual([]);
    expect(marked("warranty", "Delivery times")).toEqual([]);
  });

  function marked(q: string, text: string): string[] {
    return shop()
      .marks(q, text)
      .map(([start, end]) => text.slice(start, end));
  }
});
