import { expect, test } from "vitest";
import type { ArticleId, ConversationId, EventId } from "../../protocol/index.ts";
import { mintId } from "../../server/store/ids.ts";
import { accepted, laws, refusedWith, typesOf } from "./setting.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

laws("A visitor's post", (setting) => {
  test("makes the conversation with its first message, with what was known when it was written", async () => {
    const vera = await setting.visitor();
    const conversation = mintId<ConversationId>();
    const asked = { q: "refund", shown: [mintId<ArticleId>()], read: [mintId<ArticleId>()] };
    const page = { url: "https://shop.example/returns", title: "Returns" };
    const reply = await vera.send({
      type: "post",
      conversation,
      id: mintId(),
      text: "How do I send it back?\nIt is the blue one.",
      page,
      locale: "en-GB",
      asked,
    });
    const { event } = accepted(reply);
    expect(event).toMatchObject({ conversation, stream: "talk", seq: 1, type: "posted", page, locale: "en-GB", asked });
    expect(event?.at).toBe("2026-05-04T12:00:00.000Z");
    expect(event?.by).toEqual({ kind: "visitor", id: vera.hello.visitor.id });
    expect((await setting.log(conversation)).forVisitor).toEqual({
      id: conversation,
      site: setting.desk.shop.id,
      status: "open",
      episode: 1,
      openedAt: "2026-05-04T12:00:00.000Z",
      updatedAt: "2026-05-04T12:00:00.000Z",
      head: { talk: 1 },
      read: { visitor: 0, agents: 0 },
      page,
      locale: "en-GB",
      subject: "How do I send it back?",
      latest: {
        by: "visitor",
        text: "How do I send it back? It is the blue one.",
        at: "2026-05-04T12:00:00.000Z",
        seq: 1,
      },
    });
  });

  test("goes to the conversation that is open, whatever new one it names", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("One");
    const elsewhere = mintId<ConversationId>();
    const { event } = accepted(await vera.send({ type: "post", conversation: elsewhere, id: mintId(), text: "Two" }));
    expect(event).toMatchObject({ conversation, seq: 2 });
    expect(await vera.send({ type: "sync", conversation: elsewhere, after: 0 })).toMatchObject(
      refusedWith("not-found"),
    );
  });

  test("that names new conversations in two tabs at once opens one", async () => {
    const vera = await setting.visitor();
    const tab = await setting.tabOf(vera);
    const post = () =>
      ({ type: "post", conversation: mintId<ConversationId>(), id: mintId<EventId>(), text: "Hi" }) as const;
    const replies = await Promise.all([vera.send(post()), tab.send(post()), vera.send(post())]);
    const places = replies.map((reply) => accepted(reply).event?.conversation);
    expect(new Set(places).size).toBe(1);
  });

  test("in a resolved conversation reopens it: `reopened`, then `posted`, of the next episode", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("One");
    accepted(await vera.send({ type: "resolve", conversation }));
    const reply = accepted(await vera.send({ type: "post", conversation, id: mintId(), text: "Again" }));
    expect(typesOf(reply.events)).toEqual(["reopened", "posted"]);
    expect(reply.event).toMatchObject({ type: "posted", seq: 5 });
    expect(reply.events?.[0]).toMatchObject({ episode: 2 });
    expect((await setting.log(conversation)).forVisitor).toMatchObject({ status: "open", episode: 2 });
  });

  test("in a resolved conversation goes to the one that is open since", async () => {
    const vera = await setting.visitor();
    const { conversation: old } = await vera.say("One");
    accepted(await vera.send({ type: "resolve", conversation: old }));
    const fresh = mintId<ConversationId>();
    accepted(await vera.send({ type: "post", conversation: fresh, id: mintId(), text: "Something else" }));
    const { event, events } = accepted(
      await vera.send({ type: "post", conversation: old, id: mintId(), text: "About the first" }),
    );
    expect(event?.conversation).toBe(fresh);
    expect(events).toBeUndefined();
    expect((await setting.log(old)).forVisitor.status).toBe("resolved");
  });

  test("is refused when it is empty, too long, or not text", async () => {
    const vera = await setting.visitor();
    const post = (text: unknown) =>
      vera.send({ type: "post", conversation: mintId(), id: mintId(), text: text as string });
    for (const text of ["", "  \n ", "x".repeat(10_001), 7, null, undefined, ["a"], "half \ud83d emoji"]) {
      expect(await post(text), String(text).slice(0, 20)).toMatchObject(refusedWith("invalid"));
    }
    const said = "👋".repeat(10_000);
    expect(accepted(await post(said)).event).toMatchObject({ text: said });
  });
});

laws("What a page says happened on it", (setting) => {
  const post = async (tracked: unknown) => {
    const vera = await setting.visitor();
    const id = mintId<EventId>();
    return vera.send({ type: "post", conversation: mintId(), id, text: "Hello?", tracked: tracked as [] });
  };

  test("goes with the message, as it is; nothing of it where there is nothing", async () => {
    const tracked = [
      { name: "Coupon refused", meta: { code: "SPRING", total: 39.5, member: false } },
      { name: "Left" },
    ];
    expect(accepted(await post(tracked)).event).toMatchObject({ type: "posted", tracked });
    expect(accepted(await post([])).event).not.toHaveProperty("tracked");
  });

  test("is small", async () => {
    const properties = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, at) => [`p${at}`, at]));
    for (const tracked of [
      Array.from({ length: 11 }, () => ({ name: "One more" })),
      [{ name: "" }],
      [{ name: "x".repeat(65) }],
      [{ name: "Many", meta: properties(11) }],
      [{ name: "Long", meta: { text: "x".repeat(201) } }],
      [{ name: "Deep", meta: { inner: { deeper: 1 } } }],
      "Coupon refused",
    ])
      expect(await post(tracked), JSON.stringify(tracked).slice(0, 40)).toMatchObject(refusedWith("invalid"));
  });
});

laws("An end", (setting) => {
  test("by the visitor: `resolved`, then `asked`; again, the same `resolved`", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("Found it");
    const reply = accepted(await vera.send({ type: "resolve", conversation }));
    expect(typesOf(reply.events)).toEqual(["resolved", "asked"]);
    expect(reply.event).toMatchObject({ type: "resolved", episode: 1, by: { kind: "visitor" } });
    expect(reply.events?.[1]).toMatchObject({
      episode: 1,
      expiresAt: "2026-05-11T12:00:00.000Z",
      by: { kind: "system" },
    });
    expect(await vera.send({ type: "resolve", conversation })).toEqual({ ok: true, again: true, event: reply.event });
    expect((await setting.log(conversation)).talk).toHaveLength(3);
  });

  test("that was none: `rated`, then `reopened` at once", async () => {
    const vera = await setting.visitor();
    const ada = await setting.agent();
    const { conversation } = await vera.say("It drips");
    await ada.watch(conversation);
    accepted(await ada.send({ type: "resolve", conversation }));
    const reply = accepted(await vera.send({ type: "rate", conversation, episode: 1, solved: false }));
    expect(typesOf(reply.events)).toEqual(["rated", "reopened"]);
    expect(reply.event).toMatchObject({ type: "rated", episode: 1, solved: false });
    expect(reply.events?.[1]).toMatchObject({ episode: 2 });
    const { forAgents } = await setting.log(conversation);
    expect(forAgents).toMatchObject({ status: "open", episode: 2, waitingSince: "2026-05-04T12:00:00.000Z" });
    // The stars and reasons come after, and do not open anything twice.
    const more = accepted(
      await vera.send({ type: "rate", conversation, episode: 1, solved: false, rating: 2, reasons: ["answer"] }),
    );
    expect(more.events).toBeUndefined();
    expect(more.event).toMatchObject({ type: "rated", rating: 2, reasons: ["answer"] });
  });

  test("is rated with more and more, of which the newest counts; the same again stores nothing", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("Thanks");
    accepted(await vera.send({ type: "resolve", conversation }));
    const rate = (more: object = {}) => vera.send({ type: "rate", conversation, episode: 1, solved: true, ...more });
    accepted(await rate());
    accepted(await rate({ rating: 5 }));
    const last = accepted(await rate({ rating: 4, reasons: ["wait"], comment: "Slow, but good" }));
    expect(await rate({ rating: 4, reasons: ["wait"], comment: "Slow, but good" })).toEqual({
      ok: true,
      again: true,
      event: last.event,
    });
    const { talk, forVisitor } = await setting.log(conversation);
    expect(typesOf(talk)).toEqual(["posted", "resolved", "asked", "rated", "rated", "rated"]);
    expect(forVisitor).toMatchObject({
      status: "resolved",
      survey: { episode: 1, answer: { solved: true, rating: 4, reasons: ["wait"], comment: "Slow, but good" } },
    });
    for (const wrong of [{ rating: 0 }, { rating: 6 }, { rating: 2.5 }, { reasons: ["mood"] }, { episode: 0 }]) {
      expect(await rate(wrong)).toMatchObject(refusedWith("invalid"));
    }
  });

  test("can be rated for 7 days, and the answer changed for 24 hours", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("One");
    const rate = (rating: number, episode = 1) =>
      vera.send({ type: "rate", conversation, episode, solved: true, rating });
    expect(await rate(5)).toMatchObject(refusedWith("invalid"));
    accepted(await vera.send({ type: "resolve", conversation }));
    expect(await rate(5, 2)).toMatchObject(refusedWith("invalid"));
    setting.desk.clock.advance(6 * DAY_MS);
    accepted(await rate(5));
    setting.desk.clock.advance(23 * HOUR_MS);
    accepted(await rate(4));
    setting.desk.clock.advance(2 * HOUR_MS);
    expect(await rate(3)).toMatchObject(refusedWith("invalid"));
    expect((await setting.log(conversation)).forVisitor.survey?.answer?.rating).toBe(4);
    accepted(await vera.send({ type: "post", conversation, id: mintId(), text: "Back" }));
    accepted(await vera.send({ type: "resolve", conversation }));
    setting.desk.clock.advance(7 * DAY_MS + 1);
    expect(await rate(1, 2)).toMatchObject(refusedWith("invalid"));
  });

  test("that nobody answered for is not asked about any more once it goes on", async () => {
    const vera = await setting.visitor();
    const { conversation } = await vera.say("One");
    accepted(await vera.send({ type: "resolve", conversation }));
    accepted(await vera.send({ type: "post", conversation, id: mintId(), text: "Wait" }));
    expect((await setting.log(conversation)).forVisitor.survey).toBeUndefined();
    expect(await vera.send({ type: "rate", conversation, episode: 1, solved: true })).toMatchObject(
      refusedWith("invalid"),
    );
  });

  test("that was none does not open a second conversation beside the one that is open", async () => {
    const vera = await setting.visitor();
    const { conversation: old } = await vera.say("One");
    accepted(await vera.send({ type: "resolve", conversation: old }));
    accepted(await vera.send({ type: "post", conversation: mintId(), id: mintId(), text: "Two" }));
    const { event, events } = accepted(await vera.send({ type: "rate", conversation: old, episode: 1, solved: false }));
    expect(event).toMatchObject({ type: "rated", solved: false });
    expect(events).toBeUndefined();
  });
});

laws("What a visitor says of themselves", (setting) => {
  test("stands on what they write from then on, and is seen by agents", async () => {
    const vera = await setting.visitor();
    const tab = await setting.tabOf(vera);
    const ada = await setting.agent();
    expect(await vera.send({ type: "contact", name: " Vera ", email: "vera@example.com" })).toEqual({ ok: true });
    const first = await vera.say("Hello");
    expect(first.by).toEqual({ kind: "visitor", id: vera.hello.visitor.id, name: "Vera" });
    const second = accepted(
      await tab.send({ type: "post", conversation: first.conversation, id: mintId(), text: "Hello from here" }),
    );
    expect(second.event?.by).toMatchObject({ name: "Vera" });
    const card = { id: vera.hello.visitor.id, name: "Vera", email: "vera@example.com", verified: false };
    await ada.until(() => ada.pulsed("row").some(({ row }) => row.visitor?.name === "Vera"));
    expect((await ada.watch(first.conversation)).conversation?.visitor).toEqual(card);
    expect(await vera.send({ type: "contact", name: "V." })).toEqual({ ok: true });
    await ada.until(() => ada.pulsed("row").some(({ row }) => row.visitor?.name === "V."));
    expect((await setting.tabOf(vera)).hello.visitor).toEqual({ ...card, name: "V." });
    expect(await vera.send({ type: "contact", email: "nonsense" })).toMatchObject({
      ok: false,
      fault: { code: "invalid", field: "email" },
    });
  });
});
