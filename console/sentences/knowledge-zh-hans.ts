import type { knowledgeEn } from "./knowledge-en.ts";

export const knowledgeZhHans: typeof knowledgeEn = {
  draftKept: (at) => `${at} 已存为草稿`,
  restoredFrom: (when) => `已恢复您${when}未发布的修改。`,
  discarded: "已放弃您的修改。",
  bringBack: "恢复",
  othersEdit: (names, when) => `${names}也在修改此文章，最近一次在${when}。`,
  theirsSaved: (who, when) => `${who}在您开始修改之后（${when}）保存了此文章。您的修改仍在。`,
  savedElsewhere: (when) => `您在开始修改之后（${when}）从别处保存了此文章。这里的修改仍在。`,
  takeTheirs: "采用已保存的",
  keepMine: "保留我的",
  unpublishedEdits: "有未发布的修改",

  differences: "差异",
  differencesLead: "划掉的只在已保存的版本中，加下划线的只在您的版本中。",
  whatChanged: "原文变更",
  whatChangedLead: (when) => `${when}以来原文的变更`,
  originalSame: "此后原文没有变更。",
  noDifferences: "两个版本内容相同。",
  nothingToChange: "译文无需修改",
  upToDate: "已标记为最新。",
  skipped: (n) => `${n} 行未变`,
};
