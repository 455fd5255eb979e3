import { expect, it } from "vitest";
import { article, openIndex, shop } from "../../test/support/suggest.ts";

it("Simplified and Traditional Chinese find each other", () => {
  const index = shop();
  expect(index.rank({ q: "怎麼退貨" }).ranked[0]?.id).toBe("returns-zh");
  expect(index.rank({ q: "如何修改密碼" }).ranked[0]?.id).toBe("password-zh");
});

it("A long title that goes on as the question is typed comes before a short one that does not", () => {
  const index = openIndex();
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

it("An article falls behind no other because it has learned a question", () => {
  const index = openIndex();
  for (const title of ["怎么找回手机", "怎么找回手机密码", "怎么修改邮箱", "如何退货"]) {
    index.put(article(title, title, { locale: "zh-CN" }));
  }
  const first = () => index.rank({ q: "怎么找回手机号密码", min: 0 }).ranked[0]?.id;
  expect(first()).toBe("怎么找回手机密码");
  for (const q of ["忘记了登录口令", "口令不对"]) index.learn("怎么找回手机密码", q, 1);
  expect(first()).toBe("怎么找回手机密码");
});

it("A young site withholds what has only the way of asking in common", () => {
  const index = openIndex();
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

it("How a Chinese question ends says nothing about its topic", () => {
  const index = openIndex();
  const put = (title: string, body: string) => index.put(article(title, title, { body, locale: "zh-Hans" }));
  put("常见问题", "欠费了怎么办？忘记密码怎么办？账单不对怎么办？");
  put("检查网络连通性", "ping不通时，请检查安全组的规则。");
  put("扩容云盘", "在控制台选择云盘并扩容。");
  expect(index.rank({ q: "ping不通怎么办", min: 0 }).ranked[0]?.id).toBe("检查网络连通性");
});

it("An article of many questions is sure of one of them, whatever else is said with it", () => {
  const index = openIndex();
  const keywords = ["ping不通", "端口", "黑洞", "网络隔离", "入侵", "安全组规则", "木马", "密钥泄露"];
  const questions = keywords.map((text) => ({ text, weight: 1 }));
  index.put(article("safety", "安全FAQ", { questions, locale: "zh-Hans" }));
  for (const title of ["创建实例", "扩容云盘", "快照概述", "实例规格", "续费概述", "镜像概述"]) {
    index.put(article(title, title, { locale: "zh-Hans" }));
  }
  expect(index.rank({ q: "ping不通我的服务器怎么办" })).toMatchObject({ abstained: false, ranked: [{ id: "safety" }] });
  expect(index.rank({ q: "今天晚上吃什么" }).abstained).toBe(true);
});
