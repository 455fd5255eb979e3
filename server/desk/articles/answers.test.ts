import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ArticleId, ConversationId, EventId } from "../../../protocol/index.ts";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { mintId } from "../../store/ids.ts";
import type { DeskCommand } from "../conversations/agent-commands.ts";

const DARK = "The green box stays dark";
const STILL = "It still does not work";
const RETURN = "How do I return what I bought?";
const INVOICE = "Thanks, and where is my invoice?";

let held: TestDesk;
let one: ArticleId;
let two: ArticleId;
let three: ArticleId;
beforeEach(async () => {
  held = await openDesk();
  [one, two, three] = [await write("Cables"), await write("Lamps"), await write("Fuses")];
});
afterEach(() => held.close());

async function write(title: string) {
  const article = { title, body: title, locale: "en", visibility: "public", state: "published" } as const;
  const { id } = await held.desk.articles.create(held.owner.actor, held.shop.id, article);
  return id as ArticleId;
}

/** What an article learned: the words, and how much they weigh. */
const learned = async (article: ArticleId) =>
  (await held.desk.learned.list(held.owner.actor, article)).map(({ text, weight }) => [text, weight]);

const first = async (q: string) =>
  (await held.desk.suggestions.forVisitor(held.shop, { q, locale: "en" })).suggestions[0]?.title;

/** A conversation, as its two people lead it. */
async function talk(name?: string) {
  const { visitor } = await held.welcome();
  const known = name === undefined ? visitor : await held.desk.visitors.contact(visitor, { name });
  const conversation = mintId<ConversationId>();
  const does = async (command: DeskCommand) => {
    const reply = await held.desk.asAgent.execute(held.owner.actor, command);
    return "event" in reply ? (reply.event?.seq ?? 0) : 0;
  };
  const rates = (episode: number, solved: boolean, rating?: number) =>
    held.desk.asVisitor.execute(known, { type: "rate", conversation, episode, solved, ...(rating && { rating }) });
  return {
    rates,
    says: (text: string) =>
      held.desk.asVisitor.execute(known, { type: "post", conversation, id: mintId<EventId>(), text }),
    /** Returns where it stands. */
    sends: (article?: ArticleId) =>
      does({ type: "post", conversation, id: mintId<EventId>(), text: "Look:", article, seen: 0 }),
    takesBack: (target: number) => does({ type: "redact", conversation, target }),
    reopens: () => does({ type: "reopen", conversation }),
    /** The agent ends the episode, and the visitor says what came of it. */
    async ends(episode: number, solved: boolean) {
      await does({ type: "resolve", conversation });
      await rates(episode, solved);
    },
  };
}

describe("after “not yet”", () => {
  test("the next article learns what was asked before, not that it does not work", async () => {
    const { says, sends, ends } = await talk();
    await says(DARK);
    await sends(one);
    await ends(1, false);
    await says(STILL);
    await sends(two);
    await ends(2, true);
    expect(await learned(one)).toEqual([[DARK, -0.5]]);
    expect(await learned(two)).toEqual([[DARK, 1]]);
  });

  test("said more than once, the question is still the first one, also where nothing was said besides", async () => {
    const { says, sends, ends } = await talk();
    await says(DARK);
    await sends();
    await ends(1, false);
    await says(STILL);
    await sends(one);
    await ends(2, false);
    await sends(two);
    await ends(3, false);
    await says("And it is still not working, I fear");
    await sends(three);
    expect(await learned(one)).toEqual([[DARK, -0.5]]);
    expect(await learned(two)).toEqual([[DARK, -0.5]]);
    expect(await learned(three)).toEqual([[DARK, 0.5]]);
  });

  test("what is asked after the next article is a question of its own", async () => {
    const { says, sends, ends } = await talk();
    await says(DARK);
    await sends(one);
    await ends(1, false);
    await says(STILL);
    await sends(two);
    await says(INVOICE);
    await sends(three);
    expect(await learned(three)).toEqual([[INVOICE, 0.5]]);
  });

  test("a conversation that was over, and is taken up again, asks something new", async () => {
    const { says, sends, ends, reopens } = await talk();
    await says(DARK);
    await sends(one);
    await ends(1, true);
    await says(RETURN);
    await sends(two);
    await ends(2, true);
    await reopens();
    await sends(three);
    expect(await learned(two)).toEqual([[RETURN, 1]]);
    expect(await learned(three)).toEqual([]);
  });
});

describe("of several articles", () => {
  test("a later one learns what was asked since the one before", async () => {
    const { says, sends } = await talk();
    await says(RETURN);
    await sends(one);
    await says(INVOICE);
    await sends(two);
    await says("I still have the box that it came in");
    await sends(three);
    expect(await learned(one)).toEqual([[RETURN, 0.5]]);
    expect(await learned(two)).toEqual([[INVOICE, 0.5]]);
    expect(await learned(three)).toEqual([["I still have the box that it came in", 0.5]]);
  });

  test.for(["Hm, thanks", STILL, "好的，谢谢", "why?", "priya@example.com", "Priya Raman"])(
    "a later one learns nothing from “%s”",
    async (fragment) => {
      const { says, sends } = await talk("Priya Raman");
      await says(RETURN);
      await sends(one);
      await says(fragment);
      await sends(two);
      await sends(three);
      expect(await learned(two)).toEqual([]);
      expect(await learned(three)).toEqual([]);
    },
  );

  test("thanks before the next question are none of it, nor is what came after it", async () => {
    const { says, sends } = await talk();
    await says(RETURN);
    await sends(one);
    for (const text of ["好的，谢谢", "能开发票吗？", "我是公司客户，需要增值税专用发票"]) await says(text);
    await sends(two);
    expect(await learned(two)).toEqual([["能开发票吗？", 0.5]]);
  });

  test("a better one right behind learns the same question", async () => {
    const { says, sends } = await talk();
    await says(DARK);
    await says("It is the newest one");
    await sends(one);
    await sends();
    await sends(two);
    expect(await learned(two)).toEqual([[DARK, 0.5]]);
  });

  test("one that is sent again keeps the question it was sent for", async () => {
    const { says, sends } = await talk();
    await says(DARK);
    await sends(one);
    await says("Where did you say that it stands?");
    await sends(one);
    expect(await learned(one)).toEqual([[DARK, 0.5]]);
  });
});

describe("of one agent's slip", () => {
  test("“solved” confirms the newest article, and says nothing of the one before", async () => {
    const { says, sends, ends, rates } = await talk();
    await says(DARK);
    await sends(one);
    await sends(two);
    await ends(1, true);
    expect(await learned(one)).toEqual([[DARK, 0.5]]);
    expect(await learned(two)).toEqual([[DARK, 1]]);
    await rates(1, false);
    expect(await learned(one)).toEqual([[DARK, -0.5]]);
    expect(await learned(two)).toEqual([[DARK, -0.5]]);
    await rates(1, true);
    expect(await learned(one)).toEqual([[DARK, 0.5]]);
    expect(await learned(two)).toEqual([[DARK, 1]]);
  });

  test("“solved” confirms of each question the newest article", async () => {
    const { says, sends, ends } = await talk();
    await says(RETURN);
    await sends(one);
    await says(INVOICE);
    await sends(two);
    await sends(three);
    await ends(1, true);
    expect(await learned(one)).toEqual([[RETURN, 1]]);
    expect(await learned(two)).toEqual([[INVOICE, 0.5]]);
    expect(await learned(three)).toEqual([[INVOICE, 1]]);
  });

  test("the article that is sent once more after another is the newest", async () => {
    const { says, sends, ends } = await talk();
    await says(DARK);
    for (const article of [one, two, one]) await sends(article);
    await ends(1, true);
    expect(await learned(one)).toEqual([[DARK, 1]]);
    expect(await learned(two)).toEqual([[DARK, 0.5]]);
  });

  test("what was confirmed once stays so when another article follows and the stars are given", async () => {
    const { says, sends, ends, rates } = await talk();
    await says(DARK);
    await sends(one);
    await ends(1, true);
    await sends(two);
    await rates(1, true, 5);
    expect(await learned(one)).toEqual([[DARK, 1]]);
  });

  test("a message taken back takes back what its article learned, before anything was said and after", async () => {
    const { says, sends, ends, takesBack } = await talk();
    await says(DARK);
    const slip = await sends(one);
    expect(await first(DARK)).toBe("Cables");
    await takesBack(slip);
    expect(await first(DARK)).toBeUndefined();
    expect(await learned(one)).toEqual([]);
    const wrong = await sends(two);
    await sends(three);
    await takesBack(wrong);
    await ends(1, true);
    expect(await learned(two)).toEqual([]);
    expect(await learned(three)).toEqual([[DARK, 1]]);
  });

  test("with the newest taken back, “solved” confirms the one before", async () => {
    const { says, sends, ends, takesBack } = await talk();
    await says(DARK);
    await sends(one);
    await takesBack(await sends(two));
    await ends(1, true);
    expect(await learned(one)).toEqual([[DARK, 1]]);
    expect(await learned(two)).toEqual([]);
  });

  test("a message taken back in a later episode takes back what it taught in its own", async () => {
    const { says, sends, ends, takesBack } = await talk();
    await says(DARK);
    const wrong = await sends(one);
    await ends(1, false);
    await sends(one);
    await takesBack(wrong);
    expect(await learned(one)).toEqual([[DARK, 0.5]]);
  });

  test("of an article sent twice, one message taken back leaves what the other taught", async () => {
    const { says, sends, takesBack } = await talk();
    await says(DARK);
    const before = await sends(one);
    const second = await sends(one);
    await takesBack(before);
    expect(await learned(one)).toEqual([[DARK, 0.5]]);
    await takesBack(second);
    expect(await learned(one)).toEqual([]);
  });

  test("what an agent moved to another article stays there when the message is taken back", async () => {
    const { says, sends, takesBack } = await talk();
    await says(DARK);
    const wrong = await sends(one);
    const [question] = await held.desk.learned.list(held.owner.actor, one);
    await held.desk.learned.change(held.owner.actor, question?.id ?? "", { article: two });
    await takesBack(wrong);
    expect(await learned(two)).toEqual([[DARK, 0.5]]);
  });
});
