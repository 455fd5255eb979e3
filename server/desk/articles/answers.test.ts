import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ArticleId, ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";
import type { VisitorActor } from "../actors.ts";
import type { DeskCommand } from "../conversations/agent-commands.ts";

const DARK = "The green box stays dark";
const STILL = "It still does not work";
const RETURN = "How do I return what I bought?";
const INVOICE = "Thanks, and where is my invoice?";

let held: TestDesk;
let one: ArticleId;
let two: ArticleId;
let three: ArticleId;
/** Where the messages with an article stand. */
let sent: number[];
beforeEach(async () => {
  held = await openDesk();
  sent = [];
  [one, two, three] = [await write("Cables"), await write("Lamps"), await write("Fuses")];
});
afterEach(() => held.close());

async function write(title: string) {
  const article = { title, body: title, locale: "en", visibility: "public", state: "published" } as const;
  const { id } = await held.desk.articles.create(held.owner.actor, held.shop.id, article);
  return id as ArticleId;
}

const wordsOf = async (article: ArticleId) =>
  (await held.desk.learned.list(held.owner.actor, article)).map(({ text, weight }) => [text, weight]);
/** What the three articles learned: the words, and how much they weigh. */
const learned = async () => [await wordsOf(one), await wordsOf(two), await wordsOf(three)];

const first = async (q: string) =>
  (await held.desk.suggestions.forVisitor(held.shop, { q, locale: "en" })).suggestions[0]?.title;

interface Talk {
  visitor: VisitorActor;
  conversation: ConversationId;
}
type Step = (talk: Talk) => Promise<unknown>;

const does = async (command: DeskCommand) => {
  const reply = await held.desk.asAgent.execute(held.owner.actor, command);
  return "event" in reply ? (reply.event?.seq ?? 0) : 0;
};
const says =
  (text: string): Step =>
  ({ visitor, conversation }) =>
    held.desk.asVisitor.execute(visitor, { type: "post", conversation, id: mintId<EventId>(), text });
/** The agent, an article or words alone. */
const sends =
  (article?: ArticleId): Step =>
  async ({ conversation }) => {
    const seq = await does({ type: "post", conversation, id: mintId<EventId>(), text: "Look:", article, seen: 0 });
    if (article) sent.push(seq);
  };
/** The so-manieth message that carried an article, from 1. */
const takesBack =
  (nth: number): Step =>
  ({ conversation }) =>
    does({ type: "redact", conversation, target: sent[nth - 1] ?? 0 });
const reopens =
  (): Step =>
  ({ conversation }) =>
    does({ type: "reopen", conversation });
const rates =
  (episode: number, solved: boolean, rating?: number): Step =>
  ({ visitor, conversation }) =>
    held.desk.asVisitor.execute(visitor, { type: "rate", conversation, episode, solved, ...(rating && { rating }) });
/** The agent ends the episode, and the visitor says what came of it. */
const ends =
  (episode: number, solved: boolean): Step =>
  async (talk) => {
    await does({ type: "resolve", conversation: talk.conversation });
    await rates(episode, solved)(talk);
  };

/** A conversation as its two people lead it. Returns how it goes on. */
async function story(...steps: Step[]): Promise<(...more: Step[]) => Promise<void>> {
  const { visitor } = await held.welcome();
  const talk = {
    visitor: await held.desk.visitors.contact(visitor, { name: "Priya Raman" }),
    conversation: mintId<ConversationId>(),
  };
  const go = async (...some: Step[]) => {
    for (const step of some) await step(talk);
  };
  await go(...steps);
  return go;
}

describe("after “not yet”", () => {
  test("the next article learns what was asked before, not that it does not work", async () => {
    await story(says(DARK), sends(one), ends(1, false), says(STILL), sends(two), ends(2, true));
    expect(await learned()).toEqual([[[DARK, -0.5]], [[DARK, 1]], []]);
  });

  test("said more than once, the question is still the first one, also where nothing was said besides", async () => {
    const goesOn = await story(says(DARK), sends(), ends(1, false), says(STILL), sends(one), ends(2, false));
    await goesOn(sends(two), ends(3, false), says("And it is still not working, I fear"), sends(three));
    expect(await learned()).toEqual([[[DARK, -0.5]], [[DARK, -0.5]], [[DARK, 0.5]]]);
  });

  test("what is asked after the next article is a question of its own", async () => {
    await story(says(DARK), sends(one), ends(1, false), says(STILL), sends(two), says(INVOICE), sends(three));
    expect((await learned())[2]).toEqual([[INVOICE, 0.5]]);
  });

  test("a conversation that was over, and is taken up again, asks something new", async () => {
    await story(
      says(DARK),
      sends(one),
      ends(1, true),
      says(RETURN),
      sends(two),
      ends(2, true),
      reopens(),
      sends(three),
    );
    expect(await learned()).toEqual([[[DARK, 1]], [[RETURN, 1]], []]);
  });
});

describe("of several articles", () => {
  test("a later one learns what was asked since the one before", async () => {
    const kept = "I still have the box that it came in";
    await story(says(RETURN), sends(one), says(INVOICE), sends(two), says(kept), sends(three));
    expect(await learned()).toEqual([[[RETURN, 0.5]], [[INVOICE, 0.5]], [[kept, 0.5]]]);
  });

  test.for(["Hm, thanks", STILL, "好的，谢谢", "why?", "priya@example.com", "Priya Raman"])(
    "a later one learns nothing from “%s”",
    async (fragment) => {
      await story(says(RETURN), sends(one), says(fragment), sends(two), sends(three));
      expect(await learned()).toEqual([[[RETURN, 0.5]], [], []]);
    },
  );

  test("thanks before the next question are none of it, nor is what came after it", async () => {
    const asked = ["好的，谢谢", "能开发票吗？", "我是公司客户，需要增值税专用发票"].map(says);
    await story(says(RETURN), sends(one), ...asked, sends(two));
    expect((await learned())[1]).toEqual([["能开发票吗？", 0.5]]);
  });

  test("a better one right behind learns the same question", async () => {
    await story(says(DARK), says("It is the newest one"), sends(one), sends(), sends(two));
    expect((await learned())[1]).toEqual([[DARK, 0.5]]);
  });

  test("one that is sent again keeps the question it was sent for", async () => {
    await story(says(DARK), sends(one), says("Where did you say that it stands?"), sends(one));
    expect(await learned()).toEqual([[[DARK, 0.5]], [], []]);
  });
});

describe("of one agent's slip", () => {
  test("“solved” confirms the newest article, and says nothing of the one before", async () => {
    const goesOn = await story(says(DARK), sends(one), sends(two), ends(1, true));
    expect(await learned()).toEqual([[[DARK, 0.5]], [[DARK, 1]], []]);
    await goesOn(rates(1, false));
    expect(await learned()).toEqual([[[DARK, -0.5]], [[DARK, -0.5]], []]);
    await goesOn(rates(1, true));
    expect(await learned()).toEqual([[[DARK, 0.5]], [[DARK, 1]], []]);
  });

  test("“solved” confirms of each question the newest article", async () => {
    await story(says(RETURN), sends(one), says(INVOICE), sends(two), sends(three), ends(1, true));
    expect(await learned()).toEqual([[[RETURN, 1]], [[INVOICE, 0.5]], [[INVOICE, 1]]]);
  });

  test("the article that is sent once more after another is the newest", async () => {
    await story(says(DARK), sends(one), sends(two), sends(one), ends(1, true));
    expect(await learned()).toEqual([[[DARK, 1]], [[DARK, 0.5]], []]);
  });

  test("what was confirmed once stays so when another article follows and the stars are given", async () => {
    await story(says(DARK), sends(one), ends(1, true), sends(two), rates(1, true, 5));
    expect((await learned())[0]).toEqual([[DARK, 1]]);
  });

  test("a message taken back takes back what its article learned, before anything was said and after", async () => {
    const goesOn = await story(says(DARK), sends(one));
    expect(await first(DARK)).toBe("Cables");
    await goesOn(takesBack(1));
    expect(await first(DARK)).toBeUndefined();
    expect(await learned()).toEqual([[], [], []]);
    await goesOn(sends(two), sends(three), takesBack(2), ends(1, true));
    expect(await learned()).toEqual([[], [], [[DARK, 1]]]);
  });

  test("with the newest taken back, “solved” confirms the one before", async () => {
    await story(says(DARK), sends(one), sends(two), takesBack(2), ends(1, true));
    expect(await learned()).toEqual([[[DARK, 1]], [], []]);
  });

  test("a message taken back in a later episode takes back what it taught in its own", async () => {
    await story(says(DARK), sends(one), ends(1, false), sends(one), takesBack(1));
    expect(await learned()).toEqual([[[DARK, 0.5]], [], []]);
  });

  test("of an article sent twice, one message taken back leaves what the other taught", async () => {
    const goesOn = await story(says(DARK), sends(one), sends(one), takesBack(1));
    expect(await learned()).toEqual([[[DARK, 0.5]], [], []]);
    await goesOn(takesBack(2));
    expect(await learned()).toEqual([[], [], []]);
  });

  test("what an agent moved to another article stays there when the message is taken back", async () => {
    const goesOn = await story(says(DARK), sends(one));
    const [question] = await held.desk.learned.list(held.owner.actor, one);
    await held.desk.learned.change(held.owner.actor, question?.id ?? "", { article: two });
    await goesOn(takesBack(1));
    expect(await learned()).toEqual([[], [[DARK, 0.5]], []]);
  });
});
