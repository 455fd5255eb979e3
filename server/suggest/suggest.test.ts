import { afterEach, describe, expect, it } from "vitest";
import { createSuggestIndex, type SuggestArticle } from "./index.ts";

const closing: { close(): void }[] = [];
afterEach(() => {
  for (const index of closing.splice(0)) index.close();
});

describe("suggestions", () => {
  it("find the article whose title says it in other words", () => {
    const index = shop();
    expect(index.rank({ q: "how long does delivery take?" }).ranked[0]?.id).toBe("delivery");
    expect(index.rank({ q: "I would like to return these shoes" }).ranked[0]?.id).toBe("returns");
  });

  it("find Simplified and Traditional Chinese for each other", () => {
    const index = shop();
    expect(index.rank({ q: "怎麼退貨" }).ranked[0]?.id).toBe("returns-zh");
    expect(index.rank({ q: "如何修改密碼" }).ranked[0]?.id).toBe("password-zh");
  });

  it("find an article while the question is half typed", () => {
    const index = shop();
    expect(index.rank({ q: "my passw", min: 0 }).ranked[0]?.id).toBe("password");
    expect(index.rank({ q: "忘记密", min: 0 }).ranked[0]?.id).toBe("password-zh");
  });

  it("find a long Chinese title that goes on as the question is typed before a short one that does not", () => {
    const index = createSuggestIndex({ train: false });
    closing.push(index);
    const others = [
      "如何退货",
      "修改密码",
      "忘记密码怎么办",
      "怎么注册账号",
      "运费多少钱",
      "如何联系客服",
      "如何修改发票",
    ];
    for (const title of others) index.put(article(title, title, { locale: "zh-CN" }));
    index.put(article("letterhead", "已经开好的发票怎么换一个公司抬头", { locale: "zh-CN" }));
    const ids = index.rank({ q: "如何修改发票抬", min: 0 }).ranked.map(({ id }) => id);
    expect(ids.slice(0, 2)).toEqual(["如何修改发票", "letterhead"]);
  });

  it("put a Chinese article behind no other because it has learned a question", () => {
    const index = createSuggestIndex({ train: false });
    closing.push(index);
    for (const title of ["怎么找回手机", "怎么找回手机密码", "怎么修改邮箱", "如何退货"]) {
      index.put(article(title, title, { locale: "zh-CN" }));
    }
    const first = () => index.rank({ q: "怎么找回手机号密码", min: 0 }).ranked[0]?.id;
    expect(first()).toBe("怎么找回手机密码");
    for (const q of ["忘记了登录口令", "口令不对"]) index.learn("怎么找回手机密码", q, 1);
    expect(first()).toBe("怎么找回手机密码");
  });

  it("find the article whose body says it in another word for the same idea", () => {
    const index = createSuggestIndex({ train: false });
    closing.push(index);
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

  it("are withheld in a young Chinese site when only the way of asking is the same", () => {
    const index = createSuggestIndex({ train: false });
    closing.push(index);
    const titles = [
      "如何开发票",
      "如何退货和退款",
      "电脑识别不到开发板",
      "修改收货地址",
      "配送时间和运费",
      "程序上传失败怎么办",
    ];
    for (const title of titles) index.put(article(title, title, { locale: "zh-Hans", body: "" }));
    for (const q of ["如何安装驱动", "请问怎么样才能注销我的账号", "你们那里什么时候有优惠"])
      expect([q, index.rank({ q }).ranked]).toEqual([q, []]);
    for (const [q, id] of [
      ["发票怎么开", "如何开发票"],
      ["我的电脑不认板子", "电脑识别不到开发板"],
    ])
      expect(index.rank({ q: q as string }).ranked[0]?.id).toBe(id);
  });

  it("show what there is to whoever types a single word that half of all titles hold", () => {
    const index = createSuggestIndex({ train: false });
    closing.push(index);
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

  it("are given for a page before anything is typed", () => {
    const index = shop();
    expect(index.forPage({ url: "https://shop.example/checkout/pay?step=2" })).toEqual([{ id: "delivery", score: 1 }]);
    expect(index.forPage({ url: "https://shop.example/", title: "Returns" })[0]?.id).toBe("returns");
    expect(index.forPage({ url: "not a url" })).toEqual([]);
  });

  it("take a past question with slips for that question, whatever its broken words resemble", () => {
    const index = createSuggestIndex({ train: false });
    closing.push(index);
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

function shop(questions: Record<string, SuggestArticle["questions"]> = {}) {
  const index = createSuggestIndex({ train: false });
  closing.push(index);
  const articles = [
    article("delivery", "Delivery times and costs", { body: "Parcels arrive in two days.", pages: ["/checkout*"] }),
    article("returns", "Return an order", { body: "Send it back within 30 days.", group: "g-returns" }),
    article("returns-zh", "如何退货", { body: "三十天内可以退货。", group: "g-returns", locale: "zh-CN" }),
    article("password", "Change your password", { body: "Forgot it? Ask for a link.", group: "g-password" }),
    article("password-zh", "修改密码", { body: "忘记密码时可以重新设置。", group: "g-password", locale: "zh-CN" }),
    article("limits", "Refund approval limits", { audience: "internal" }),
  ];
  for (const one of articles) index.put({ ...one, questions: questions[one.id] ?? [] });
  return index;
}

function article(id: string, title: string, more: Partial<SuggestArticle> = {}): SuggestArticle {
  return { id, group: id, title, body: "", locale: "en", audience: "public", questions: [], ...more };
}

it("Several articles for one page come in their own order, whichever was put in or changed last", () => {
  const index = createSuggestIndex({ train: false });
  closing.push(index);
  const put = (id: string, order: number) => index.put(article(id, `About ${id}`, { pages: ["/cart*"], order }));
  const shown = () => index.forPage({ url: "https://shop.example/cart", locale: "en" }).map(({ id }) => id);
  put("third", 3);
  put("first", 1);
  put("second", 2);
  expect(shown()).toEqual(["first", "second", "third"]);
  put("first", 1);
  expect(shown()).toEqual(["first", "second", "third"]);
});

it("How a Chinese question ends says nothing about its topic", () => {
  const index = createSuggestIndex({ train: false });
  const article = { locale: "zh-Hans", audience: "public" as const, questions: [] };
  index.put({
    ...article,
    id: "faq",
    group: "faq",
    title: "常见问题",
    body: "欠费了怎么办？忘记密码怎么办？账单不对怎么办？",
  });
  index.put({
    ...article,
    id: "ping",
    group: "ping",
    title: "检查网络连通性",
    body: "ping不通时，请检查安全组的规则。",
  });
  index.put({ ...article, id: "disk", group: "disk", title: "扩容云盘", body: "在控制台选择云盘并扩容。" });
  expect(index.rank({ q: "ping不通怎么办", min: 0 }).ranked[0]?.id).toBe("ping");
  index.close();
});

it("An article of many questions is sure of one of them, whatever else is said with it", () => {
  const index = createSuggestIndex({ train: false });
  const article = { locale: "zh-Hans", audience: "public" as const, body: "" };
  const keywords = ["ping不通", "端口", "黑洞", "网络隔离", "入侵", "安全组规则", "木马", "密钥泄露"];
  const questions = keywords.map((text) => ({ text, weight: 1 }));
  index.put({ ...article, id: "safety", group: "safety", title: "安全FAQ", questions });
  for (const title of ["创建实例", "扩容云盘", "快照概述", "实例规格", "续费概述", "镜像概述"]) {
    index.put({ ...article, id: title, group: title, title, questions: [] });
  }
  expect(index.rank({ q: "ping不通我的服务器怎么办" })).toMatchObject({ abstained: false, ranked: [{ id: "safety" }] });
  expect(index.rank({ q: "今天晚上吃什么" }).abstained).toBe(true);
  index.close();
});
