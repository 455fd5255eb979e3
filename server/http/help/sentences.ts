import { chooseLocale } from "../../../ui/locale.ts";

/* What stands around the articles, in the languages that Deskbell speaks. */

const en = {
  help: "Help",
  greeting: "How can we help?",
  search: "Search",
  searchLabel: "Search the help centre",
  placeholder: "Search {n} articles",
  skip: "Skip to the content",
  languages: "Language",
  count: "{n} articles",
  countOne: "1 article",
  all: "All of {name}",
  allCounted: "All {n} articles",
  other: "Everything else",
  everything: "All articles",
  often: "Often asked",
  homeAbout: "{n} articles of {name}: search them, or ask a person.",
  categoryAbout: "{name}: {titles}",
  collectionAbout: "{name}, step by step: {titles}",
  updated: "Updated {day}",
  minutes: "{n} min read",
  crumbs: "Where you are",
  contents: "On this page",
  answered: "Did this answer your question?",
  yes: "Yes",
  no: "No",
  thanks: "Thank you, that helps the next person.",
  sorry: "Thank you. Ask us, and a person will answer.",
  next: "Read next",
  results: "Results for “{q}”",
  resultsAbout: "Results for “{q}”: {titles}",
  nothing: "No article answers this yet",
  nothingWhy: "Try other words, or ask us. We see what was not found.",
  none: "There are no articles yet.",
  missing: "This page is not here",
  missingWhy: "It may have moved. Search for it, or begin anew.",
  first: "Go to the first page",
  ask: "Not here? Ask a person",
  askWhy: "Write to {name} right on this page.",
  askUs: "Ask us",
  feed: "Feed of changes",
  runsOn: "Runs on Deskbell",
};

export type HelpSentence = keyof typeof en;
export type HelpSay = (sentence: HelpSentence, filled?: Readonly<Record<string, string | number>>) => string;

const zhHans: Record<HelpSentence, string> = {
  help: "帮助中心",
  greeting: "您好，请问有什么可以帮您？",
  search: "搜索",
  searchLabel: "搜索帮助中心",
  placeholder: "搜索 {n} 篇文章",
  skip: "跳到正文",
  languages: "语言",
  count: "{n} 篇文章",
  countOne: "1 篇文章",
  all: "查看“{name}”的全部文章",
  allCounted: "全部 {n} 篇文章",
  other: "其他",
  everything: "全部文章",
  often: "常见问题",
  homeAbout: "{name} 的 {n} 篇帮助文章：可以搜索，也可以直接问真人客服。",
  categoryAbout: "{name}：{titles}",
  collectionAbout: "{name}，一步一步来：{titles}",
  updated: "更新于 {day}",
  minutes: "阅读约 {n} 分钟",
  crumbs: "当前位置",
  contents: "本页内容",
  answered: "这篇文章解决了您的问题吗？",
  yes: "解决了",
  no: "没有",
  thanks: "谢谢，您的反馈会帮到下一位读者。",
  sorry: "谢谢您的反馈。可以直接向我们提问，会有真人回复。",
  next: "接着读",
  results: "“{q}”的搜索结果",
  resultsAbout: "“{q}”的搜索结果：{titles}",
  nothing: "暂时没有文章谈到这个问题",
  nothingWhy: "换个关键词试试，或直接问我们。没有找到答案的问题，我们都会看。",
  none: "暂无文章。",
  missing: "这里没有这个页面",
  missingWhy: "它可能已经移走。可以搜索一下，或者从头找起。",
  first: "回到首页",
  ask: "没找到？问真人客服",
  askWhy: "就在本页给 {name} 留言。",
  askUs: "向我们提问",
  feed: "更新订阅",
  runsOn: "由 Deskbell 提供",
};

const zhHant: Record<HelpSentence, string> = {
  help: "幫助中心",
  greeting: "您好，請問有什麼可以協助您？",
  search: "搜尋",
  searchLabel: "搜尋幫助中心",
  placeholder: "搜尋 {n} 篇文章",
  skip: "跳到正文",
  languages: "語言",
  count: "{n} 篇文章",
  countOne: "1 篇文章",
  all: "查看「{name}」的全部文章",
  allCounted: "全部 {n} 篇文章",
  other: "其他",
  everything: "全部文章",
  often: "常見問題",
  homeAbout: "{name} 的 {n} 篇幫助文章：可以搜尋，也可以直接問真人客服。",
  categoryAbout: "{name}：{titles}",
  collectionAbout: "{name}，一步一步來：{titles}",
  updated: "更新於 {day}",
  minutes: "閱讀約 {n} 分鐘",
  crumbs: "目前位置",
  contents: "本頁內容",
  answered: "這篇文章解決了您的問題嗎？",
  yes: "解決了",
  no: "沒有",
  thanks: "謝謝，您的回饋會幫到下一位讀者。",
  sorry: "謝謝您的回饋。可以直接向我們提問，會有真人回覆。",
  next: "接著讀",
  results: "「{q}」的搜尋結果",
  resultsAbout: "「{q}」的搜尋結果：{titles}",
  nothing: "目前沒有文章談到這個問題",
  nothingWhy: "換個關鍵字試試，或直接問我們。找不到答案的問題，我們都會看。",
  none: "尚無文章。",
  missing: "這裡沒有這個頁面",
  missingWhy: "它可能已經移走。可以搜尋一下，或者從頭找起。",
  first: "回到首頁",
  ask: "沒找到？問真人客服",
  askWhy: "就在本頁留言給 {name}。",
  askUs: "向我們提問",
  feed: "更新訂閱",
  runsOn: "由 Deskbell 提供",
};

const TABLES = { en, "zh-Hans": zhHans, "zh-Hant": zhHant } satisfies Record<string, Record<HelpSentence, string>>;
const SPOKEN = ["en", "zh-Hans", "zh-Hant"] as const satisfies (keyof typeof TABLES)[];

/** Says what stands around articles in this language; in English where we do not speak it. */
export function helpSay(locale: string): HelpSay {
  const table = TABLES[chromeLocale(locale)];
  return (sentence, filled) =>
    table[sentence].replace(/\{(\w+)\}/g, (whole, name: string) => String(filled?.[name] ?? whole));
}

/** The language of {@link helpSay}, for `lang`. */
export function chromeLocale(locale: string): (typeof SPOKEN)[number] {
  return chooseLocale([locale], SPOKEN);
}

/** A language's own name for itself. */
export function languageName(locale: string): string {
  try {
    const name = new Intl.DisplayNames([locale], { type: "language" }).of(locale) ?? locale;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return locale;
  }
}
