import { COMMON_SHARES, COMMON_WORDS } from "./common-words.ts";
import type { Feature } from "./feature.ts";
import { fold } from "./fold.ts";
import { REQUEST_WORDS } from "./request-words.ts";
import { stemArabic } from "./stem-arabic.ts";
import { languageOf, type Stem, stemmerFor } from "./stems.ts";
import { bagOf } from "./tokens.ts";

/** Arabic's commonest words, spoken ones among them, and the share of requests that hold each: an estimate. */
const ARABIC_WORDS =
  "في من على عن إلى الى هل ما ماذا كيف لماذا متى أين هذا هذه ذلك تلك أن ان إن قد لقد كان كانت يكون لم لن لا ليس مع عند بعد قبل " +
  "أنا انا هو هي نحن هناك لي لدي عندي يمكن يمكنني أريد اريد بدي ودي عايز ابي ابغى شو ايش وش ليش ليه وين فين كيفاش شنو اللي التي الذي " +
  "بس لو إذا اذا أو او ثم حتى كل أي اي تم يتم قمت فعل أفعل افعل لقد عم مش مو راح رح بعض فقط جدا يجب علي كم";
const ARABIC_SHARE = 0.1;
/** Chinese ones, and how many of their characters: an estimate too. */
const CHINESE_WORDS: readonly (readonly [share: number, words: string])[] = [
  [0.25, "的 怎么 什么 我 是"],
  [0.1, "吗 了 有 不 你 如何 可以 能 在 好 一 哪 个 多少 为什么 要 会 人 怎么办"],
  [
    0.05,
    "呢 没 这 那 上 下 来 去 到 里 啊 吧 嘛 呀 做 用 和 跟 与 怎么样 怎样 咋 哪里 哪儿 哪个 哪些 请问 谁 几 还 就 都 最 想 也 后 前 大 小 看 " +
      "时候 现在 知道 没有 需要 我的 你的 一个 是不是 是否 能不能 可不可以 能否 不能 不了 无法 给 把 被 让 对 从 多 少 新 时 多久 多长时间 " +
      "什么时候 什么样 请 问 您 您好 你好 谢谢 麻烦 帮 帮我 我们 你们 他 她 它 自己 别人 大家 应该 必须 如果 但是 因为 所以 而且 然后 已经 再 又 " +
      "才 只 只有 这个 那个 这样 那样 怎么回事 为啥 原因 方法 办法 问题 出现 进行 使用 设置 得 地 着 过 哦 想要 希望 告诉 介绍 有没有 出 起 开 找 " +
      "买 叫 说 写 打 家 年 天 月 日 比较 最好 推荐 区别 意思 第一 何 如",
  ],
];

/**
 * How people ask in general: the share of requests that hold a feature. A young site has too few articles to tell from
 * them that "please" says nothing and "refund" much.
 */
export interface Prior {
  shares: ReadonlyMap<Feature, number>;
  /** Adds how people ask in a language. Only in those that a site speaks: "die" and "war" say much in English. */
  hear(locale: string): void;
}

/** A prior that has heard English, Arabic and Chinese, whose words cannot be taken for one another's. */
export function createPrior(): Prior {
  const shares = new Map<Feature, number>();
  const heard = new Set<string>();
  take(sharesOf(requestWords(), stemmerFor("en")));
  for (const word of ARABIC_WORDS.split(" ")) {
    for (const feature of bagOf(fold(word), [stemArabic]).keys()) shares.set(feature, ARABIC_SHARE);
  }
  for (const [share, words] of CHINESE_WORDS) {
    for (const word of words.split(" ")) {
      // The commonest come first.
      for (const feature of bagOf(word, []).keys()) if (!shares.has(feature)) shares.set(feature, share);
    }
  }
  return {
    shares,
    hear(locale) {
      const language = languageOf(locale);
      if (heard.has(language) || !Object.hasOwn(COMMON_WORDS, language)) return;
      heard.add(language);
      take(sharesOf(commonWords(language), stemmerFor(language)));
    },
  };

  /** A request is in one language, so what several have in common is not the more common for it. */
  function take(found: ReadonlyMap<Feature, number>): void {
    for (const [feature, share] of found) shares.set(feature, Math.max(share, shares.get(feature) ?? 0));
  }
}

/** As if words stood independently of one another, which is near enough. */
function sharesOf(words: Iterable<[word: string, share: number]>, stem: Stem): ReadonlyMap<Feature, number> {
  const shares = new Map<Feature, number>();
  for (const [word, share] of words) {
    for (const feature of bagOf(word, [stem]).keys()) {
      const before = shares.get(feature) ?? 0;
      shares.set(feature, before + share - before * share);
    }
  }
  return shares;
}

function* requestWords(): Generator<[string, number]> {
  const parts = REQUEST_WORDS.trim().split(" ");
  for (let i = 0; i + 1 < parts.length; i += 2) yield [parts[i] ?? "", Number(parts[i + 1]) / 1000];
}

function* commonWords(language: string): Generator<[string, number]> {
  for (const [i, words] of (COMMON_WORDS[language] ?? []).entries())
    for (const word of words.split(" ")) yield [fold(word), COMMON_SHARES[i] ?? 0];
}
