import { afterEach, beforeEach, expect, test } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";

let held: TestDesk;
beforeEach(async () => {
  held = await openDesk();
});
afterEach(() => held.close());

const HOUR_MS = 3_600_000;
const english = { title: "Returns", body: "Within 30 days.", locale: "en" };
const chinese = { title: "退货", body: "30 天内。", locale: "zh-Hans" };
type Input = Parameters<TestDesk["desk"]["articles"]["create"]>[2];

const write = (input: Input) => {
  held.clock.advance(HOUR_MS);
  return held.desk.articles.create(held.owner.actor, held.shop.id, input);
};
const change = (id: string, input: Input) => {
  held.clock.advance(HOUR_MS);
  return held.desk.articles.change(held.owner.actor, id, input);
};
const groups = () => held.desk.translations.groups(held.owner.actor, held.shop.id);
const behind = async () =>
  (await held.desk.translations.behind(held.owner.actor, held.shop.id)).map(({ title }) => title);

test("a translation is behind from when its original's text changes until its own does", async () => {
  const { id, group } = await write(english);
  const hans = await write({ ...chinese, group });
  const marks = async () => {
    const [only, ...none] = await groups();
    expect(none).toEqual([]);
    return only?.articles.map(({ locale, original, behind: is }) => [locale, original, is]);
  };
  const even = [
    ["en", true, false],
    ["zh-Hans", false, false],
  ];
  expect(await marks()).toEqual(even);
  await change(id, { ...english, body: "Within 14 days." });
  expect(await marks()).toEqual([
    ["en", true, false],
    ["zh-Hans", false, true],
  ]);
  expect(await behind()).toEqual(["退货"]);
  await change(hans.id, { ...chinese, body: "14 天内。" });
  expect(await marks()).toEqual(even);
  expect(await behind()).toEqual([]);
});

test("nobody is put behind by an original that came last and never changed, nor by another category", async () => {
  const { group } = await write(chinese);
  const original = await write({ ...english, group });
  expect(await behind()).toEqual([]);
  await change(original.id, { ...english, category: "Orders" });
  expect(await behind()).toEqual([]);
});

test("whoever asks for the translations of some articles gets their groups and no others", async () => {
  const { id, group } = await write(english);
  const hans = await write({ ...chinese, group });
  const other = await write({ ...english, title: "Shipping" });
  await write({ ...chinese, title: "配送", group: other.group });
  const alone = await write({ ...english, title: "Alone" });
  const of = async (...ids: string[]) => {
    const found = await held.desk.translations.groups(held.owner.actor, held.shop.id, ids);
    return found.map(({ articles }) => articles.map((one) => one.id));
  };
  expect(await of(hans.id)).toEqual([[id, hans.id]]);
  expect(await of(alone.id, "nothing")).toEqual([]);
  expect(await of()).toEqual([]);
  expect(await groups()).toHaveLength(2);
});

test("a translator is shown what the original said when the translation was written, and what it says now", async () => {
  const { translations } = held.desk;
  const me = held.owner.actor;
  const { id, group } = await write(english);
  await change(id, { ...english, body: "Within 20 days." });
  const hans = await write({ ...chinese, group });
  expect(await translations.original(me, hans.id)).toMatchObject({
    id,
    behind: false,
    before: { body: "Within 20 days." },
    now: { body: "Within 20 days." },
  });
  await change(id, { ...english, body: "Within 16 days." });
  const { updatedAt } = await change(id, { ...english, body: "Within 14 days." });
  expect(await translations.original(me, hans.id)).toMatchObject({
    behind: true,
    before: { body: "Within 20 days." },
    now: { body: "Within 14 days.", at: updatedAt },
  });
  await expect(translations.original(me, id)).rejects.toThrow("translates no other");
});

test("a change that needs no translation is ticked off, and the next one shows again", async () => {
  const { translations } = held.desk;
  const { id, group } = await write(english);
  const hans = await write({ ...chinese, group });
  await change(id, { ...english, body: "Within thirty days." });
  held.clock.advance(HOUR_MS);
  await translations.checked(held.owner.actor, hans.id);
  expect(await behind()).toEqual([]);
  expect((await held.desk.articles.get(held.owner.actor, hans.id)).body).toBe(chinese.body);
  await change(id, { ...english, body: "Within 14 days." });
  expect(await behind()).toEqual(["退货"]);
  const { before } = await translations.original(held.owner.actor, hans.id);
  expect(before.body).toBe("Within thirty days.");
  const stranger = await held.hire("Remy", [held.cafe]);
  await expect(translations.checked(stranger.actor, hans.id)).rejects.toThrow("No such article");
});

test("what is not behind is not ticked off: its history says only what somebody wrote", async () => {
  const me = held.owner.actor;
  const { group } = await write(english);
  const hans = await write({ ...chinese, group });
  const history = async () => (await held.desk.revisions.list(me, hans.id)).length;
  const before = await history();
  await held.desk.translations.checked(me, hans.id);
  expect(await history()).toBe(before);
});

test("nobody is behind an original that was saved at the same moment, as an import does", async () => {
  const { id, group } = await write(english);
  const hans = await write({ ...chinese, group });
  await change(id, { ...english, body: "Within 14 days." });
  await held.desk.articles.change(held.owner.actor, hans.id, { ...chinese, body: "14 天内。" });
  expect(await behind()).toEqual([]);
});

test("a language is begun once, whoever comes second and from wherever", async () => {
  const { group } = await write(english);
  const [one, other] = await Promise.allSettled([
    write({ ...chinese, group }),
    write({ ...chinese, title: "退款", group }),
  ]);
  expect(one.status).toBe("fulfilled");
  expect(other).toMatchObject({ reason: { fault: { code: "stale", message: expect.stringContaining("“退货”") } } });
  const importer = held.desk.articles.importer(held.shop);
  const line = { ...chinese, title: "退款", group, source: "refunds.md" };
  await expect(importer.take(line)).rejects.toThrow("“退货” is this article in zh-Hans already");
  expect(await importer.take({ ...line, locale: "zh-Hant" })).toBe("created");
  expect((await groups()).map(({ articles }) => articles.map(({ locale }) => locale))).toEqual([
    ["en", "zh-Hans", "zh-Hant"],
  ]);
});

test("an article does not become a language that its translations have already", async () => {
  const { group } = await write(english);
  await write({ ...chinese, group });
  const third = await write({ ...chinese, title: "退款" });
  const stale = { fault: { code: "stale", message: expect.stringContaining("“退货”") } };
  await expect(change(third.id, { ...chinese, title: "退款", group })).rejects.toMatchObject(stale);
  const french = await write({ ...english, locale: "fr", group });
  await expect(change(french.id, { ...english, locale: "zh-Hans" })).rejects.toMatchObject(stale);
  expect(await change(french.id, { ...english, locale: "de" })).toMatchObject({ locale: "de" });
});

test("another help centre's two files for one article in one language are taken in, and only one translates", async () => {
  const importer = held.desk.articles.importer(held.shop);
  const take = (input: Input) => importer.take({ ...input, sourceId: "360001" });
  await take({ ...english, source: "a.md" });
  await take({ ...chinese, source: "b.md" });
  expect(await take({ ...chinese, title: "退款", source: "c.md" })).toBe("created");
  expect((await groups()).map(({ articles }) => articles.map(({ title }) => title))).toEqual([["Returns", "退货"]]);
});

test("articles are counted by what is asked for most", async () => {
  await write({ ...english, state: "published" });
  await write({ ...chinese, visibility: "internal" });
  expect(await held.desk.articles.counts(held.owner.actor, held.shop.id)).toEqual({
    all: 2,
    published: 1,
    draft: 1,
    internal: 1,
  });
});
