import { describe, expect, it } from "vitest";
import { article, openIndex, shop } from "../../test/support/suggest.ts";

describe("suggestions", () => {
  it("find the article whose title says it in other words", () => {
    const index = shop();
    expect(index.rank({ q: "how long does delivery take?" }).ranked[0]?.id).toBe("delivery");
    expect(index.rank({ q: "I would like to return these shoes" }).ranked[0]?.id).toBe("returns");
  });

  it("find an article while the question is half typed", () => {
    const index = shop();
    expect(index.rank({ q: "my passw", min: 0 }).ranked[0]?.id).toBe("password");
    expect(index.rank({ q: "忘记密", min: 0 }).ranked[0]?.id).toBe("password-zh");
  });

  it("find the article whose body says it in another word for the same idea", () => {
    const index = openIndex();
    for (const word of ["enlarge", "frame", "erase"]) {
      index.put(article(word, "Your paintings", { body: `Tap one twice to see it and three times to ${word} it.` }));
    }
    expect(index.rank({ q: "delete paintings", min: 0 }).ranked[0]?.id).toBe("erase");
  });

  it("are withheld when no article answers", () => {
    const index = shop();
    expect(index.rank({ q: "who won the cup final in 1998" })).toMatchObject({ abstained: true, ranked: [] });
    expect(index.rank({ q: "今天天气好吗" })).toMatchObject({ abstained: true, ranked: [] });
  });

  it("show what there is to whoever types a single word that half of all titles hold", () => {
    const index = openIndex();
    const parts = ["upload", "reset", "driver", "firmware", "serial", "battery", "sensor", "cable", "network", "motor"];
    for (let i = 0; i < 300; i++) {
      const part = parts[i % parts.length];
      index.put(article(`${i}`, i % 2 ? `The ${part} of the board` : `When the ${part} fails`));
    }
    expect(index.rank({ q: "board" })).toMatchObject({ abstained: false, ranked: [{}, {}, {}] });
    expect(index.rank({ q: "poem" }).abstained).toBe(true);
  });

  it("show every candidate when asked to, and say the best one's chance either way", () => {
    const index = shop();
    const all = index.rank({ q: "delivery of a poem", min: 0, limit: 10 });
    expect(all.abstained).toBe(false);
    expect(all.confidence).toBe(all.ranked[0]?.score);
    const scores = all.ranked.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    for (const score of scores) expect(score).toSatisfy((value: number) => value >= 0 && value <= 1);
  });

  it("answer the second person who asks what the first one asked", () => {
    const index = shop();
    const q = "the courier left my box with a neighbour I have never met";
    expect(index.rank({ q, min: 0 }).confidence).toBeLessThan(0.5);
    index.learn("delivery", q, 1);
    const again = index.rank({ q: `${q.toUpperCase()} !!` });
    expect(again.ranked[0]?.id).toBe("delivery");
    expect(again.confidence).toBeGreaterThan(0.9);
    expect(index.rank({ q: "courier gave the box to a neighbour" }).ranked[0]?.id).toBe("delivery");
  });

  it("unlearn what did not help", () => {
    const index = shop();
    const q = "the zipper is broken";
    index.learn("delivery", q, 1);
    expect(index.rank({ q }).ranked[0]?.id).toBe("delivery");
    index.learn("delivery", q, -1);
    expect(index.rank({ q }).abstained).toBe(true);
  });

  it("show one member of a group, the one nearest to the locale asked for", () => {
    const index = shop();
    const ids = (locale: string, q = "return an order") =>
      index.rank({ q, locale, min: 0, limit: 10 }).ranked.map(({ id }) => id);
    expect(ids("zh-CN")[0]).toBe("returns-zh");
    expect(ids("zh-CN")).not.toContain("returns");
    expect(ids("en-GB")[0]).toBe("returns");
    expect(ids("en", "如何退货")[0]).toBe("returns");
    expect(ids("fr")[0]).toBe("returns");
  });

  it("keep internal articles from visitors", () => {
    const index = shop();
    expect(index.rank({ q: "refund approval limits", min: 0 }).ranked.map(({ id }) => id)).not.toContain("limits");
    expect(index.rank({ q: "refund approval limits", audience: "all" }).ranked[0]?.id).toBe("limits");
  });

  it("follow an article's change and its removal", () => {
    const index = shop();
    index.put(article("delivery", "Warranty of two years"));
    expect(index.size).toBe(6);
    expect(index.rank({ q: "warranty" }).ranked[0]?.id).toBe("delivery");
    expect(index.rank({ q: "delivery times and costs" }).ranked.map(({ id }) => id)).not.toContain("delivery");
    index.remove("delivery");
    index.remove("delivery");
    expect(index.size).toBe(5);
    expect(index.rank({ q: "warranty", min: 0 }).ranked.map(({ id }) => id)).not.toContain("delivery");
  });

  it("give the same answers after a rebuild as after changes one by one", () => {
    const changed = shop();
    changed.put(article("extra", "Gift cards never expire"));
    changed.remove("extra");
    changed.learn("returns", "shoes too small", 1);
    const fresh = shop({ returns: [{ text: "shoes too small", weight: 1 }] });
    const ask = { q: "the shoes are small, can I send them back?", min: 0 };
    expect(changed.rank(ask).ranked.map(({ id }) => id)).toEqual(fresh.rank(ask).ranked.map(({ id }) => id));
  });

  it("bear any input", () => {
    const index = shop();
    const inputs = [
      "",
      " ",
      "\0",
      "\ud800",
      "a\udc00b",
      "constructor",
      "__proto__",
      "toString valueOf",
      "*",
      "😀".repeat(3000),
    ];
    inputs.push("x".repeat(10_000), "密".repeat(10_000), "a b ".repeat(2500), "e\u0301\u0301\u0301".repeat(2000));
    for (const q of inputs) {
      expect(Array.isArray(index.rank({ q, min: 0, locale: "__proto__" }).ranked)).toBe(true);
      index.learn("returns", q, 1);
      index.marks(q, q);
    }
    const other = shop();
    other.put(article("constructor", "__proto__"));
    expect(other.rank({ q: "__proto__" }).ranked[0]?.id).toBe("constructor");
    index.learn("nobody", "a question", 1);
    index.learn("returns", "a question", Number.NaN);
  });

  it("take a past question with slips for that question, whatever its broken words resemble", () => {
    const index = openIndex();
    index.put(
      article("atm", "Where it works", { questions: [{ text: "Am I limited to what ATM I can use?", weight: 1 }] }),
    );
    index.put(article("aem", "Aem limmited usee"));
    expect(index.rank({ q: "am I limmited to what aem I can usee", min: 0 }).ranked[0]?.id).toBe("atm");
  });

  it("can be trained, and rank no worse for it", async () => {
    const questions = Array.from({ length: 12 }, (_, i) => ({ text: `parcel number ${i} is late again`, weight: 1 }));
    const others = Array.from({ length: 12 }, (_, i) => ({
      text: `sending back pair ${i} which does not fit`,
      weight: 1,
    }));
    const index = shop({ delivery: questions, returns: others });
    await index.train();
    expect(index.rank({ q: "why is my parcel late" }).ranked[0]?.id).toBe("delivery");
    expect(index.rank({ q: "these do not fit" }).ranked[0]?.id).toBe("returns");
  });
});
