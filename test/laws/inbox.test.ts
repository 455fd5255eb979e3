import { expect, test } from "vitest";
import type { AgentCommand, ConversationId } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import type { Agent } from "../support/people.ts";
import { accepted, laws, refusedWith, type Setting } from "./setting.ts";

type Inbox = Extract<AgentCommand, { type: "inbox" }>;
const MINUTE_MS = 60_000;

/** Opens conversations a minute apart, one visitor each, and returns them, oldest first. */
async function ask(setting: Setting, ...texts: string[]): Promise<ConversationId[]> {
  const asked = [];
  for (const text of texts) {
    asked.push((await (await setting.visitor()).say(text)).conversation);
    setting.desk.clock.advance(MINUTE_MS);
  }
  return asked;
}

laws("The inbox", (setting) => {
  const list = async (ada: Agent, view: Inbox["view"], more: Partial<Inbox> = {}) => {
    const reply = accepted(await ada.send({ type: "inbox", site: setting.desk.shop.id, view, ...more }));
    return reply.rows?.map(({ id }) => id) ?? [];
  };

  test("shows each view what belongs there, newest first, or the longest wait first", async () => {
    const [a, b, c, d, e] = await ask(setting, "a", "b", "c", "d", "e");
    if (!a || !b || !c || !d || !e) throw new Error("Nobody asked");
    const ada = await setting.agent("Ada");
    const ben = await setting.agent("Ben");
    await ada.watch(a);
    await ada.answer(a, "Mine, answered");
    accepted(await ada.send({ type: "assign", conversation: b, agent: ada.hello.agent.id, was: null }));
    accepted(await ada.send({ type: "assign", conversation: c, agent: ben.hello.agent.id, was: null }));
    setting.desk.clock.advance(MINUTE_MS);
    accepted(await ada.send({ type: "snooze", conversation: d, until: "2026-06-01T00:00:00Z" }));
    setting.desk.clock.advance(MINUTE_MS);
    const [f] = await ask(setting, "f");
    accepted(await ada.send({ type: "resolve", conversation: e }));

    expect(await list(ada, "all")).toEqual([e, f, d, c, b, a]);
    expect(await list(ada, "open")).toEqual([f, c, b, a]);
    expect(await list(ada, "mine")).toEqual([b, a]);
    expect(await list(ben, "mine")).toEqual([c]);
    expect(await list(ada, "unassigned")).toEqual([f]);
    expect(await list(ada, "waiting")).toEqual([b, c, f]);
    expect(await list(ada, "snoozed")).toEqual([d]);
    expect(await list(ada, "resolved")).toEqual([e]);
  });

  test("comes in pages that neither repeat nor leave out", async () => {
    const asked = await ask(setting, "1", "2", "3", "4", "5");
    const ada = await setting.agent();
    for (const [view, whole] of [
      ["all", asked.toReversed()],
      ["waiting", asked],
    ] as const) {
      const seen = [];
      let cursor: string | undefined;
      do {
        const page: Partial<Inbox> = { limit: 2, ...(cursor !== undefined && { cursor }) };
        const reply = accepted(await ada.send({ type: "inbox", site: setting.desk.shop.id, view, ...page }));
        seen.push(...(reply.rows ?? []).map(({ id }) => id));
        cursor = reply.cursor;
      } while (cursor !== undefined);
      expect(seen).toEqual(whole);
    }
    const wrong = { type: "inbox", site: setting.desk.shop.id, view: "all", cursor: "1 or 1=1" } as const;
    expect(await ada.send(wrong)).toMatchObject(refusedWith("invalid"));
  });

  test("pages hold together where many changed in one moment", async () => {
    const people = await Promise.all(Array.from({ length: 7 }, () => setting.visitor()));
    const said = await Promise.all(people.map((one) => one.say("Now")));
    const ada = await setting.agent();
    const seen = new Set();
    let cursor: string | undefined;
    do {
      const command: Inbox = { type: "inbox", site: setting.desk.shop.id, view: "all", limit: 3 };
      const reply = accepted(await ada.send({ ...command, ...(cursor !== undefined && { cursor }) }));
      for (const { id } of reply.rows ?? []) seen.add(id);
      cursor = reply.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(new Set(said.map(({ conversation }) => conversation)));
  });

  test("finds words by their beginning, stretches of Chinese, and people", async () => {
    const [board, ping, refund] = await ask(
      setting,
      "My board is not detected by the IDE",
      "ping不通ECS实例怎么办",
      "I would like a refund, please",
    );
    const ada = await setting.agent();
    const find = (query: string) => list(ada, "all", { query });
    expect(await find("detect")).toEqual([board]);
    expect(await find("BOARD ide")).toEqual([board]);
    expect(await find("board refund")).toEqual([]);
    expect(await find("实例")).toEqual([ping]);
    expect(await find("不通 ECS")).toEqual([ping]);
    expect(await find("例实")).toEqual([]);
    expect(await find("ref")).toEqual([refund]);
    expect(await find("")).toHaveLength(3);
    for (const query of ['"', "a* OR b*", "NEAR(", "100%_", "\\", "board AND", "🙂"]) await find(query);
    // Notes are found as well; what was said by a visitor's name too.
    accepted(
      await ada.send({ type: "note", conversation: refund as ConversationId, id: mintId(), text: "Zahnbürste" }),
    );
    expect(await find("zahnburste")).toEqual([refund]);
    const vera = await setting.visitor();
    accepted(await vera.send({ type: "contact", name: "Vera Königin", email: "vera@palace.example" }));
    const { conversation } = await vera.say("Guess who");
    expect(await find("vera@pal")).toEqual([conversation]);
    expect(await find("Vera Kö")).toEqual([conversation]);
  });

  test("finds by tag", async () => {
    const [a, b] = await ask(setting, "a", "b");
    const ada = await setting.agent();
    accepted(await ada.send({ type: "tag", conversation: a as ConversationId, add: ["refund"] }));
    accepted(await ada.send({ type: "tag", conversation: b as ConversationId, add: ["refunds"] }));
    expect(await list(ada, "all", { tag: "refund" })).toEqual([a]);
    expect(await list(ada, "open", { tag: "none" })).toEqual([]);
  });
});
