/** What the knowledge base says beyond its list and its fields. */
export const knowledgeEn = {
  // what is not saved yet
  draftKept: (at: string) => `Saved as a draft ${at}`,
  restoredFrom: (when: string) => `Your unpublished edits of ${when} were put back.`,
  discarded: "Your edits were thrown away.",
  bringBack: "Restore",
  othersEdit: (names: string, when: string) => `${names} began to edit this as well, last ${when}.`,
  theirsSaved: (who: string, when: string) => `${who} saved this ${when}, after you began. Your edits are kept.`,
  savedElsewhere: (when: string) => `You saved this ${when} somewhere else, after you began. Your edits here are kept.`,
  takeTheirs: "Take that one",
  keepMine: "Keep mine",
  unpublishedEdits: "Unpublished edits",

  // what differs
  differences: "Differences",
  differencesLead: "Struck out is only in the saved text, underlined only in yours.",
  whatChanged: "What changed",
  whatChangedLead: (when: string) => `What changed of the original since ${when}`,
  originalSame: "The original has not changed since.",
  noDifferences: "The two texts say the same.",
  nothingToChange: "Nothing to change here",
  upToDate: "Marked as up to date.",
  skipped: (n: number) => (n === 1 ? "1 line as before" : `${n} lines as before`),
};
