import { readFileSync, statSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ArticleId, ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";
import { scrub } from "../../store/scrub.ts";
import type { VisitorActor } from "../actors.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

/** Words that stand in nobody else's mouth, one for each place where some may be left. */
const SECRETS = [
  "xylophonist",
  "quetzalcoatlus",
  "zugzwangerin",
  "brobdingnag",
  "wolpertinger",
  "floccinaucini",
  "tintinnabulum",
  "hemidemisemi",
  "kakistocracy",
  "sesquipedal",
  "蒹葭苍苍",
  "gobbledegook",
  "flibbertigibbet",
];
const [NAME = "", ASKED = "", SECOND = "", NOTE = "", REPLY = "", COMMENT = "", PAGE = "", TYPED = "", READ = ""] =
  SECRETS;
const SEARCHED = SECRETS[9] ?? "";
const TRACKED = SECRETS[11] ?? "";
const DRAFTED = SECRETS[12] ?? "";

const post = (visitor: VisitorActor, conversation: ConversationId, text: string, more = {}) =>
  held.desk.asVisitor.execute(visitor, { type: "post", conversation, id: mintId<EventId>(), text, ...more });

async function write(title: string) {
  const open = { visibility: "public", state: "published" } as const;
  const input = { title, body: "Press it twice.", locale: "en", ...open };
  return (await held.desk.articles.create(held.owner.actor, held.shop.id, input)).id as ArticleId;
}

/** Somebody says a great deal, is answered, learned from and rated. */
async function talk() {
  const article = await write("Reset your board");
  const { visitor, token } = await held.welcome();
  const known = await held.desk.visitors.contact(visitor, { name: NAME, email: `${NAME}@example.com` });
  const conversation = mintId<ConversationId>();
  await held.desk.articles.verdict(held.shop, article, { solved: false, q: `a board with ${READ}`, session: "s1" });
  await post(known, conversation, `My ${ASKED} board does not start, 蒹葭苍苍`, {
    page: { url: `https://shop.example/${PAGE}`, title: PAGE },
    asked: { q: `my ${TYPED} board`, shown: [article] },
    tracked: [{ name: `Bought ${TRACKED}`, meta: { coupon: TRACKED } }],
    session: "s1",
  });
  const owner = held.owner.actor;
  const answer = {
    type: "post",
    conversation,
    id: mintId<EventId>(),
    text: `Try this, ${REPLY}`,
    article,
    seen: 1,
  } as const;
  await held.desk.asAgent.execute(owner, answer);
  await held.desk.asAgent.execute(owner, { type: "note", conversation, id: mintId<EventId>(), text: `A ${NOTE}` });
  await held.desk.asAgent.execute(owner, { type: "resolve", conversation });
  await held.desk.asVisitor.execute(known, { type: "rate", conversation, episode: 1, solved: false, comment: COMMENT });
  await post(known, conversation, `It is still ${SECOND}`);
  await held.desk.searches.settle();
  await held.desk.messageSearch.caughtUp();
  return { visitor: known, token, conversation, article };
}

const FASTEN = `My ${DRAFTED} board is loose. How do I fasten it?`;

/** Somebody asks, an agent answers in their own words, and makes an article of it. */
async function answerOnce(text = FASTEN) {
  const { visitor } = await held.welcome();
  const conversation = mintId<ConversationId>();
  await post(visitor, conversation, text, { locale: "en" });
  const reply = { type: "post", conversation, id: mintId<EventId>(), text: "Turn each screw by a quarter.", seen: 1 };
  await held.desk.asAgent.execute(held.owner.actor, reply as never);
  await held.desk.searches.settle();
  const { article } = await held.desk.knowledge.draft(held.owner.actor, conversation);
  return { visitor, article };
}
const questionsOf = async (id: string) => (await held.desk.articles.get(held.owner.actor, id)).questions ?? [];

/** Enough of other people's words that pages are split and full-text segments merged around them. */
async function crowd(count: number) {
  for (let n = 0; n < count; n++) {
    const { visitor } = await held.welcome();
    await post(visitor, mintId<ConversationId>(), `Order number ${n} of ${"some words ".repeat(n % 40)}`);
  }
  await held.desk.messageSearch.caughtUp();
}

const erase = (id: string, by = held.owner.actor) => held.desk.erasure.erase(by, id);
const found = () => {
  const files = [held.file, `${held.file}-wal`].map((file) => readFileSync(file));
  return SECRETS.filter((secret) =>
    [Buffer.from(secret), Buffer.from(secret, "utf16le"), Buffer.from([...secret].join(" "))].some((bytes) =>
      files.some((file) => file.includes(bytes)),
    ),
  );
};

describe("A visitor who is erased", () => {
  test("is nowhere in the database file, nor in its log", async () => {
    await crowd(60);
    const { visitor } = await talk();
    const drafted = await answerOnce();
    await crowd(60);
    expect(found()).toContain(DRAFTED);
    expect(found().length).toBeGreaterThan(9);
    await erase(visitor.id);
    await erase(drafted.visitor.id);
    await scrub(held.file);
    expect(found()).toEqual([]);
    expect(statSync(`${held.file}-wal`).size).toBeGreaterThan(0);
    // The server goes on with the file that was written anew under it.
    const { visitor: other } = await held.welcome();
    await post(other, mintId<ConversationId>(), "Here I am");
    await held.desk.messageSearch.caughtUp();
    const inbox = { type: "inbox", site: held.shop.id, view: "all", query: "order" } as const;
    expect(await held.desk.asAgent.execute(held.owner.actor, inbox)).toMatchObject({ rows: expect.any(Array) });
  });

  test("leaves the log's numbers, and in it no words: not theirs, not those said about them", async () => {
    const { visitor, conversation } = await talk();
    await erase(visitor.id);
    const all = { conversation, after: 0, limit: 500 };
    const owner = held.owner.actor;
    for (const stream of ["talk", "desk"] as const) {
      const answer = (await held.desk.asAgent.execute(owner, { type: "sync", stream, ...all })) as {
        events: { seq: number }[];
      };
      expect(answer.events.map(({ seq }) => seq)).toEqual(answer.events.map((_, at) => at + 1));
      for (const secret of SECRETS) expect(JSON.stringify(answer)).not.toContain(secret);
    }
    const opened = JSON.stringify(await held.desk.asAgent.execute(owner, { type: "open", conversation }));
    expect(opened).toContain('"status":"resolved"');
    expect(opened).toContain("Reset your board");
    for (const secret of SECRETS) expect(opened).not.toContain(secret);
  });

  test("is told to who looks at the conversation, message by message, and their own connections end", async () => {
    const { visitor, conversation, token } = await talk();
    const ended: number[] = [];
    held.desk.erasure.onErased((key) => ended.push(key));
    const before = await held.desk.asAgent.execute(held.owner.actor, { type: "open", conversation });
    await erase(visitor.id);
    const { head } = (before as unknown as { conversation: { head: { talk: number } } }).conversation;
    const sync = { type: "sync", stream: "talk", conversation, after: head.talk, limit: 500 } as const;
    const { events } = (await held.desk.asAgent.execute(held.owner.actor, sync)) as {
      events: { type: string; target?: number }[];
    };
    expect(events.filter(({ type }) => type === "redacted").map(({ target }) => target)).toEqual([1, 3, 8]);
    expect(ended).toEqual([visitor.key]);
    await expect(held.desk.visitors.recognise(held.shop, token)).rejects.toThrow("Unknown visitor token");
  });

  test("has taught nothing, asked nothing and is found by no search", async () => {
    const { visitor, article } = await talk();
    const owner = held.owner.actor;
    const learned = async () => (await held.desk.learned.list(owner, article)).map(({ text }) => text);
    const suggested = async () =>
      (await held.desk.suggestions.forVisitor(held.shop, { q: `my ${ASKED} board does not start`, locale: "en" }))
        .suggestions;
    const inbox = async (query: string) => {
      const asked = { type: "inbox", site: held.shop.id, view: "all", query } as const;
      return ((await held.desk.asAgent.execute(owner, asked)) as { rows: unknown[] }).rows.length;
    };
    expect(await learned()).toHaveLength(2);
    expect(await inbox(ASKED)).toBe(1);
    await erase(visitor.id);
    expect(await learned()).toEqual([]);
    for (const query of [ASKED, NAME, NOTE, "蒹葭"]) expect([query, await inbox(query)]).toEqual([query, 0]);
    expect(JSON.stringify(await held.desk.searches.unanswered(owner, held.shop.id))).not.toContain(ASKED);
    expect(JSON.stringify(await suggested())).not.toContain(ASKED);
  });

  test("takes along what they searched for in the same words, and nothing of anybody else", async () => {
    const { visitor } = await held.welcome();
    const neighbour = await held.welcome();
    const theirs = mintId<ConversationId>();
    await post(visitor, mintId<ConversationId>(), `Where can I buy a ${SEARCHED}?`);
    await post(neighbour.visitor, theirs, "Where do I find spare screws?");
    await held.desk.searches.settle();
    await erase(visitor.id);
    const left = await held.desk.searches.unanswered(held.owner.actor, held.shop.id);
    expect(left.map(({ text }) => text)).toEqual(["Where do I find spare screws?"]);
    const sync = { type: "sync", conversation: theirs, after: 0 } as const;
    expect(JSON.stringify(await held.desk.asVisitor.execute(neighbour.visitor, sync))).toContain("spare screws");
  });

  test("takes along what they had searched for before they wrote something else, and not what others searched too", async () => {
    const { visitor } = await held.welcome();
    const search = (who: string, q: string) => held.desk.searches.typed(held.shop, { who, q, locale: "en" });
    const [own, shared] = ["how long does the varnish take to dry", "do you ship to the islands"];
    for (const q of [own, shared]) {
      search("a", q);
      await held.desk.searches.settle();
      await post(visitor, mintId<ConversationId>(), `Something else, said after ${q.length} letters`, {
        asked: { q, shown: [] },
      });
    }
    search("b", shared);
    await held.desk.searches.settle();
    await erase(visitor.id);
    const left = await held.desk.searches.unanswered(held.owner.actor, held.shop.id);
    expect(left.map(({ text }) => text)).toEqual([shared]);
  });

  test("takes their words out of the article that was made of them, and out of what is not saved of it", async () => {
    const { visitor, article } = await answerOnce();
    const { articleDrafts, articles } = held.desk;
    const owner = held.owner.actor;
    const { title, body, locale, visibility, questions = [] } = article;
    const state = "published" as const;
    await articles.change(owner, article.id, {
      title,
      body,
      locale,
      visibility,
      state,
      questions: [...questions, "Loose?"],
    });
    const text = { title, body, locale, visibility, slug: "", category: "", pages: "" };
    const typed = { ...text, questions: `Loose?\n ${FASTEN} \n` };
    for (const place of [article.id, "new"]) await articleDrafts.keep(owner, held.shop.id, place, { text: typed });
    await erase(visitor.id);
    expect(await questionsOf(article.id)).toEqual(["Loose?"]);
    for (const place of [article.id, "new"])
      expect((await articleDrafts.look(owner, held.shop.id, place)).draft?.text).toEqual({
        ...text,
        questions: "Loose?\n",
      });
    const { suggestions } = await held.desk.suggestions.forVisitor(held.shop, { q: FASTEN, locale: "en" });
    expect(JSON.stringify(suggestions)).not.toContain(DRAFTED);
  });

  test("leaves an author's own questions: what they worded anew, and what they had before", async () => {
    const owner = held.owner.actor;
    const older = await held.desk.articles.create(owner, held.shop.id, {
      title: "Screws",
      body: "A quarter.",
      locale: "en",
      questions: [FASTEN],
    });
    held.clock.advance(60_000);
    const { visitor, article } = await answerOnce();
    const worded = "My board is loose. How do I fasten it?";
    const { title, body, locale } = article;
    await held.desk.articles.change(owner, article.id, { title, body, locale, questions: [worded] });
    await erase(visitor.id);
    expect(await questionsOf(older.id)).toEqual([FASTEN]);
    expect(await questionsOf(article.id)).toEqual([worded]);
  });

  test("leaves in an article what others asked in the same words, until the last of them is erased", async () => {
    const owner = held.owner.actor;
    const DIM = "Does the lamp dim by itself?";
    const [one, two, last] = [await answerOnce(DIM), await answerOnce(DIM), await answerOnce(DIM)];
    const unanswered = () => held.desk.searches.unanswered(owner, held.shop.id);
    await erase(one.visitor.id);
    expect(await questionsOf(last.article.id)).toEqual([DIM]);
    const [question] = await unanswered();
    expect(question).toMatchObject({ text: DIM, people: 2 });

    const linked = await write("Light");
    await held.desk.searches.link(owner, held.shop.id, question?.ids ?? [], linked);
    await erase(two.visitor.id);
    expect(await questionsOf(last.article.id)).toEqual([DIM]);
    expect(await held.desk.learned.list(owner, linked)).toMatchObject([{ text: DIM }]);

    await erase(last.visitor.id);
    expect(await questionsOf(last.article.id)).toEqual([]);
    expect(await held.desk.learned.list(owner, linked)).toEqual([]);
  });

  test("has taught nothing by the article that an agent linked, whatever name they went by then", async () => {
    const owner = held.owner.actor;
    const { visitor } = await held.welcome();
    const known = await held.desk.visitors.contact(visitor, { name: "Priya Raman" });
    await post(known, mintId<ConversationId>(), `I am Priya Raman, where is my ${ASKED}?`);
    await held.desk.searches.settle();
    const [question] = await held.desk.searches.unanswered(owner, held.shop.id);
    const article = await write("Where things are");
    await held.desk.searches.link(owner, held.shop.id, question?.ids ?? [], article);
    await held.desk.visitors.contact(known, { name: "Somebody Else" });
    expect(await held.desk.learned.list(owner, article)).toHaveLength(1);
    await erase(visitor.id);
    expect(await held.desk.learned.list(owner, article)).toEqual([]);
  });

  test("is erased by owners and admins of their site only, once and again", async () => {
    const { visitor } = await talk();
    const agent = await held.hire("Noor");
    const stranger = await held.hire("Remy", [held.cafe]);
    await expect(erase(visitor.id, agent.actor)).rejects.toThrow("Only owners and admins");
    await expect(erase(visitor.id, stranger.actor)).rejects.toThrow("No such visitor");
    await expect(erase("nobody")).rejects.toThrow("No such visitor");
    await erase(visitor.id);
    await erase(visitor.id);
  });

  test("is a number without a name: not even the site’s own id of them is left", async () => {
    const { visitor } = await talk();
    await held.store.write((db) =>
      db.sql.updateTable("visitor").set({ subject: "u1", verified: 1 }).where("id", "=", visitor.key).execute(),
    );
    await erase(visitor.id);
    const left = await held.store.read((db) =>
      db.sql.selectFrom("visitor").selectAll().where("id", "=", visitor.key).executeTakeFirst(),
    );
    expect(left).toMatchObject({ name: null, email: null, subject: null, verified: 0, attributes: null });
  });
});
