import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDesk, type TestDesk } from "../../../test/support/desk.ts";
import { touch } from "../../store/article-versions.ts";
import { byUid } from "../../store/articles.ts";
import { toBytes } from "../../store/ids.ts";
import { replaceByAuthor } from "../../store/questions.ts";
import { createHttpEmbeddings } from "../../suggest/index.ts";
import { createSuggestions, type Suggestions } from "./suggestions.ts";

const MINUTE_MS = 60_000;
const SWEEP_MS = 5 * MINUTE_MS;

let held: TestDesk;
let suggestions: Suggestions;
/** What left the house, a text each. */
let heard: string[];
const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { input } = JSON.parse(Buffer.concat(parts).toString()) as { input: string[] };
  heard.push(...input);
  response.end(JSON.stringify({ data: input.map((_, index) => ({ index, embedding: [1, 0] })) }));
});

beforeEach(async () => {
  // Only the sweep runs by an interval: the clock of the desk is the test's already.
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  heard = [];
  held = await openDesk();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const embeddings = createHttpEmbeddings(`http://127.0.0.1:${port}/v1/embeddings`);
  const { articles, sites } = held.desk;
  suggestions = createSuggestions({
    store: held.store,
    clock: held.clock,
    sites,
    addressOf: articles.addressOf,
    embeddings,
  });
});
afterEach(async () => {
  suggestions.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await held.close();
  vi.useRealTimers();
});

const write = (title: string, body: string) =>
  held.desk.articles.create(held.owner.actor, held.shop.id, {
    title,
    body,
    locale: "en",
    visibility: "public",
    state: "published",
  });
const ask = (q: string) => suggestions.forVisitor(held.shop, { q, locale: "en" });
const timesHeard = (text: string) => heard.filter((one) => one.includes(text)).length;

test("no address and no long number leaves the house for an endpoint, of articles as little as of questions", async () => {
  await write("Return an order", "Write to returns@example.com or call +44 20 7946 0958.");
  await ask("anything");
  await expect.poll(() => timesHeard("Return an order")).toBe(1);
  // The article's vector has come: from now on questions are sent as well.
  await expect
    .poll(async () => {
      await ask("priya@example.com asks about order 20418-77, call 020 7946 0958: where is my refund");
      return timesHeard("where is my refund");
    })
    .toBeGreaterThan(0);
  expect(heard).toContain("… asks about order …, call …: where is my refund");
  for (const begun of ["my address is priya@", "my address is priya@exam"]) {
    await ask(begun);
    expect(heard.at(-1)).toBe("my address is …");
  }
  for (const text of heard) expect(text).not.toMatch(/@|\d{3}/);
});

test("an index that nobody used for half an hour leaves memory, and the next question makes it anew, with the same answer", async () => {
  await write("Return an order", "Send it back within 30 days and we refund what you paid.");
  const before = await ask("how do I return an order");
  expect(before.suggestions[0]?.title).toBe("Return an order");
  await expect.poll(() => timesHeard("Return an order")).toBe(1);

  // Used meanwhile: it stays, and nothing of it is made again: only whether anything changed is read.
  const read = vi.spyOn(held.store, "read");
  for (let n = 0; n < 2; n++) {
    held.clock.advance(20 * MINUTE_MS);
    vi.advanceTimersByTime(SWEEP_MS);
    read.mockClear();
    expect((await ask("how do I return an order")).suggestions[0]?.title).toBe("Return an order");
    expect(read).toHaveBeenCalledTimes(1);
  }
  expect(timesHeard("Return an order")).toBe(1);

  held.clock.advance(31 * MINUTE_MS);
  vi.advanceTimersByTime(SWEEP_MS);
  const after = await ask("how do I return an order");
  expect(after.suggestions[0]).toMatchObject({ id: before.suggestions[0]?.id, title: "Return an order" });
  await expect.poll(() => timesHeard("Return an order")).toBe(2);
});

test("an index that leaves memory takes its training with it, in the middle of the work", async () => {
  const { id } = await write("Return an order", "Send it back within 30 days and we refund what you paid.");
  await write("Delivery", "Two days.");
  await held.store.write(async (db) => {
    const article = await byUid(db, toBytes(id));
    const texts = Array.from({ length: 30 }, (_, n) => `pair ${n} does not fit and goes back`);
    await replaceByAuthor(db, article?.id ?? 0, texts, held.clock.now());
    await touch(db, article?.id ?? 0);
  });
  const begun = once(process, "worker");
  await ask("how do I return an order");
  const [worker] = (await begun) as [Worker];
  const answered = vi.fn();
  worker.on("message", answered);
  const exit = once(worker, "exit");
  held.clock.advance(31 * MINUTE_MS);
  vi.advanceTimersByTime(SWEEP_MS);
  await exit;
  expect(answered).not.toHaveBeenCalled();
});

test("that nothing answers is said of articles that are read, and of none that still are", async () => {
  await write("Return an order", "Within 30 days.");
  const { promise: read, resolve: goOn } = Promise.withResolvers<void>();
  const { articles, sites } = held.desk;
  const slow = createSuggestions({
    store: { ...held.store, read: (job) => read.then(() => held.store.read(job)) },
    clock: held.clock,
    sites,
    addressOf: articles.addressOf,
  });
  // Longer than anybody waits for a large site's whole index who is offered something meanwhile.
  setTimeout(goOn, 1_800);
  const { suggestions: found } = await slow.forVisitor(held.shop, { q: "Return an order", locale: "en" });
  expect(found.map(({ title }) => title)).toEqual(["Return an order"]);
  slow.close();
});

test("an index that knows more than a database that went back answers nobody, and the next question what is there", async () => {
  const versionIs = (articles_version: number) =>
    held.store.write((db) =>
      db.sql.updateTable("site").set({ articles_version }).where("id", "=", held.shop.key).execute(),
    );
  await write("Return an order", "Send it back within 30 days.");
  const { id } = await write("Parking", "Behind the house.");
  expect((await ask("where is the parking")).suggestions[0]?.title).toBe("Parking");
  await held.store.write((db) => db.sql.deleteFrom("article").where("uid", "=", toBytes(id)).execute());
  await versionIs(1);
  await expect(ask("where is the parking")).rejects.toMatchObject({ fault: { code: "unavailable" } });
  expect((await ask("where is the parking")).suggestions).toEqual([]);
  expect((await ask("how do I return an order")).suggestions).toMatchObject([{ title: "Return an order" }]);
});

test("visitors are shown three articles at most and agents ten, theirs too, and nobody a draft or what is gone", async () => {
  const by = held.owner.actor;
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) ids.push((await write(`Parking place ${n}`, "Behind the house.")).id);
  const find = (q: string, limit?: number) => suggestions.forAgent(by, held.shop.id, { q, locale: "en", limit });
  expect((await ask("parking place")).suggestions).toHaveLength(3);
  expect(await find("parking place")).toHaveLength(10);
  expect(await find("parking place", 12)).toHaveLength(12);
  expect(await find(" ")).toEqual([]);
  const [id = "", gone = ""] = ids;
  const text = { title: "Loading bay", body: "Ask Mara.", locale: "en" } as const;
  await held.desk.articles.change(by, id, { ...text, visibility: "internal", state: "published" });
  expect(await find("loading bay", 1)).toMatchObject([{ id, title: "Loading bay", visibility: "internal" }]);
  expect((await ask("loading bay")).suggestions.map((one) => one.id)).not.toContain(id);
  await held.desk.articles.change(by, id, { ...text, visibility: "public", state: "draft" });
  await held.desk.articles.remove(by, gone);
  const left = (await find("loading bay parking place", 20)).map((one) => one.id);
  expect(left.toSorted()).toEqual(ids.slice(2).toSorted());
  await held.desk.articles.change(by, id, { ...text, visibility: "public", state: "published" });
  expect((await ask("loading bay")).suggestions[0]).toMatchObject({
    id,
    marks: [
      [0, 7],
      [8, 11],
    ],
  });
});

test("a question is answered in the reader's language, and weakly where it asks for that; a page by its own articles, then by its title", async () => {
  const by = held.owner.actor;
  const open = { visibility: "public", state: "published" } as const;
  const { group } = await write("Return an order", "Send it back within 30 days.");
  const chinese = { title: "退货", body: "30 天内。", locale: "zh-Hans", group, ...open };
  await held.desk.articles.create(by, held.shop.id, chinese);
  const pay = { title: "Ways to pay", body: "By card.", locale: "en", pages: ["/checkout*"], ...open };
  await held.desk.articles.create(by, held.shop.id, pay);
  const about = async (question: Parameters<Suggestions["forVisitor"]>[1]) => {
    const { suggestions: found, abstained, confidence } = await suggestions.forVisitor(held.shop, question);
    return { titles: found.map(({ title }) => title), abstained, confidence };
  };
  expect((await about({ q: "how do I return an order", locale: "zh-CN" })).titles[0]).toBe("退货");
  const weak = { q: "send a poem to the moon", locale: "en" };
  expect(await about(weak)).toMatchObject({ titles: [], abstained: true });
  expect(await about({ ...weak, min: 0 })).toMatchObject({ abstained: false, titles: { length: 2 } });
  const page = { q: " ", url: "https://shop.example/checkout/2", locale: "en" };
  expect(await about(page)).toEqual({ titles: ["Ways to pay"], abstained: false, confidence: 1 });
  expect((await about({ ...page, title: "Return an order" })).titles).toEqual(["Ways to pay", "Return an order"]);
  expect((await about({ ...page, title: "Return an order", limit: 1 })).titles).toEqual(["Ways to pay"]);
  expect(await about({ ...page, url: "https://shop.example/" })).toEqual({
    titles: [],
    abstained: true,
    confidence: 0,
  });
  expect(await about({ q: "" })).toEqual({ titles: [], abstained: true, confidence: 0 });
});

test("closing ends the search for idle indexes", () => {
  const running = vi.getTimerCount();
  suggestions.close();
  expect(vi.getTimerCount()).toBe(running - 1);
});
