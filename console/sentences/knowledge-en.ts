/** What the knowledge base says beyond its list and its fields. */
export const knowledgeEn = {
  // what is not saved yet
  draftKept: (at: string) => `Saved as a draft ${at}`,
  restoredFrom: (when: string) => `Your unpublished edits were put back (${when}).`,
  discarded: "Your edits were thrown away.",
  bringBack: "Restore",
  othersEdit: (names: string, when: string) => `${names} has begun to edit this as well (${when}).`,
  theirsSaved: (who: string, when: string) =>
    `${who} saved this article after you began (${when}). Your edits are kept.`,
  savedElsewhere: (when: string) =>
    `You saved this article elsewhere after you began (${when}). Your edits here are kept.`,
  takeTheirs: "Take that one",
  keepMine: "Keep mine",
  unpublishedEdits: "Unpublished edits",

  // what differs
  differences: "Differences",
  differencesLead: "Struck out is only in the saved text, underlined only in yours.",
  whatChanged: "What changed",
  whatChangedLead: (when: string) => `The original has changed since this translation was written (${when}).`,
  originalSame: "The original has not changed since.",
  noDifferences: "The two texts say the same.",
  nothingToChange: "Nothing to change here",
  noneBehind: "Every translation is as new as its original.",
  upToDate: "Marked as up to date.",
  languageThere: "There is a text in this language already. Here it is.",
  skipped: (n: number) => (n === 1 ? "1 line as before" : `${n} lines as before`),

  // collections
  collections: "Collections",
  collection: "Collection",
  collectionsLead: "Articles in an order: a course for new colleagues, or the first steps of your visitors.",
  collectionsNone: "No collections yet.",
  collectionMissing: "This collection does not exist.",
  collectionEmpty: "Nothing in it yet. Add the first article.",
  newCollection: "New collection",
  createCollection: "Create collection",
  collectionName: "Name of the collection",
  nameMissing: "missing",
  nameMissingHint: "Where a name is missing, readers see another language’s.",
  collectionMet: (name: string) => `“${name}” was changed meanwhile. It now has those changes and yours.`,
  backToCollections: "Back to collections",
  course: "Course for the team",
  courseHint: "A course for new colleagues. What each has read is ticked off on their own device.",
  firstSteps: "First steps for everyone",
  firstStepsHint: "Visitors find it as first steps. Drafts in it are left out until they are published.",
  articlesIn: (n: number) => (n === 1 ? "1 article" : `${n} articles`),
  readOf: (read: number, of: number) => `${read} of ${of} read`,
  wasRead: "read",
  readNext: "Read, next",
  readDone: "Read, done",
  notReadYet: "Not read yet",
  chooseArticle: "Choose an article to read.",
  addArticle: "Add an article",
  done: "Done",
  takeOut: (title: string) => `Take out “${title}”`,
  moveArticle: (title: string) => `Move “${title}”`,
  moveHint: "Drag, or use the arrow keys",
  movedTo: (place: number, of: number) => `Now ${place} of ${of}`,
  deleteCollection: "Delete collection",
  deleteCollectionSure: "Delete this collection? Its articles stay.",
  neededTitle: "Most needed this fortnight",
  neededNone: "No article was used in 14 days.",
  neededLead: "What visitors and colleagues used most in 14 days. A good place to begin.",

  // what goes out
  byMatchAndHeat: "by match, then by heat in 14 days",
  byHeat: "by heat: reads, links and searches in 14 days",
  sendLink: "send it now",
  solvedShare: (percent: number) => `${percent}% solved`,
  sentAt: (at: string) => `Sent ${at}`,
  shownAlready: "Shown before writing",
  readAlready: "Read before writing",
  sentBefore: (title: string, at: string) => `“${title}” was sent here at ${at} already.`,
  shownBefore: (name: string, title: string) => `${name} was shown “${title}” before writing.`,
  readBefore: (name: string, title: string) => `${name} read “${title}” before writing.`,
  sendAgainRest: "Send again to send it all the same.",

  // the help centre's own host
  helpHost: "Help centre on your own address",
  helpHostHint: "Like help.example.com. Left empty, the help centre stands below the address of this server only.",
  helpHostHow: "What this address needs",
  helpHostDns: "A DNS record at your domain’s provider that leads here:",
  helpHostProxy:
    "And a web server in front that has a certificate for it and passes the host name on. For Caddy, which gets the certificate by itself:",
  helpHostWrong: (why: string) => `The help centre’s address was not saved. ${why}`,
  openHelpCentre: "Open the help centre",

  // what nobody answered
  linked: "Learned. Whoever asks this now is shown that article.",
  putAway: "Put away for 90 days.",
  undo: "Undo",

  // how an article does
  howItDoes: "How it does",
  heatLine: (percent: number) => `Needed ${percent}% as much as the most needed article, in 14 days.`,
  answeredLine: (share: string, n: number, low: string, high: string) =>
    `${share} of ${n} who said so were answered, ${low} to ${high}.`,
  tooFewLine: (n: number) =>
    n === 0 ? "Nobody has said yet whether it answered." : `${n} said whether it answered: too few to say.`,

  // pictures
  picture: "Picture",
  uploading: (name: string, n: number) => `Uploading ${name}, ${n}…`,

  // what articles solve without a person
  selfService: "Answered by articles, 28 days",
  outcomes: {
    solved: "Readers said: solved",
    unsolved: "Readers said: not solved",
    asked: "Went to a person",
    left: "Left without a word",
  },
  usesTitle: "Used in 14 days",
  uses: { searches: "Searches that lead here, 14 days", reads: "Opened", links: "Sent by agents" },
  askedAfter: (asked: number, n: number, low: string, high: string) =>
    `${asked} of ${n} questions for which it was read went to a person, ${low} to ${high}, in 28 days.`,
  shareBetween: (n: number, low: string, high: string) => `${n}; with 95% certainty between ${low} and ${high}`,
  selfServiceOf: (n: number) =>
    `Of ${n} questions for which an article was read. Clicks count for nothing; who said nothing and did not ask within 72 hours left without a word.`,
  selfServiceFew: (n: number) =>
    n === 0
      ? "Nobody has read an article for a question yet."
      : `${n === 1 ? "1 question is" : `${n} questions are`} settled: too few to say.`,
  selfServiceNone: (open: number) =>
    `${open === 1 ? "1 question is" : `${open} questions are`} younger than 72 hours. What became of them shows after that.`,
  selfServiceOpen: (n: number) => `${n} more ${n === 1 ? "is" : "are"} younger than 72 hours.`,
};
