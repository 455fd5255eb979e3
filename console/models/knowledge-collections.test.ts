import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { type Fault, fault } from "../../protocol/faults.ts";
import { MARA, SITE, settled, TOMAS } from "../fake-line.ts";
import type { Http } from "../ports.ts";
import { en } from "../sentences/en.ts";
import { createMemoryShelf } from "../shelf.ts";
import { type Collection, createCollections } from "./knowledge-collections.ts";
import { createCourse } from "./knowledge-course.ts";
import type { Route } from "./routes.ts";
import { createToasts } from "./toasts.ts";

interface Sent extends Pick<Collection, "name" | "visibility"> {
  articles: string[];
  was: Omit<Sent, "was">;
}

const article = (id: string) => ({ id, title: id, locale: "en", visibility: "public", state: "published" }) as const;
const [ONE, TWO, THREE, FOUR] = [article("one"), article("two"), article("three"), article("four")];
const FIRST_WEEK: Collection = {
  id: "c1",
  name: "First week",
  visibility: "internal",
  articles: [ONE, TWO, THREE],
};

const OTHERS: Collection = { ...FIRST_WEEK, id: "c2", name: "Of another site" };
const OTHER_SITE = { ...SITE, id: "another" } as typeof SITE;

function open(route: Route = { page: "collections", collection: "c1" }, shelf = createMemoryShelf(), who = MARA) {
  const now = signal<Route>(route);
  const router = {
    route: now,
    go(next: Route) {
      now.value = next;
    },
    dispose() {},
  };
  const server = {
    items: [FIRST_WEEK],
    puts: [] as string[][],
    refuse: undefined as Fault | undefined,
    down: false,
    hold: undefined as Promise<void> | undefined,
    /** Lists that were asked for are on their way until then, as they were. */
    late: undefined as Promise<void> | undefined,
    /** How often a colleague is quicker, and what they make of it. */
    meanwhile: [] as Partial<Collection>[],
  };
  const http = (async (method: string, path: string, body?: Sent) => {
    const value = (of: unknown) => ({ ok: true, value: of });
    if (method === "GET") {
      const { items } = server;
      await (server.late ?? server.hold);
      if (server.down) return { ok: false, fault: fault("unavailable", "Cannot answer") };
      const own = path.includes(SITE.id);
      return value({ items: path.endsWith("/needed") ? [own ? THREE : FOUR] : own ? items : [OTHERS] });
    }
    if (method !== "PUT" || !body) return value(undefined);
    await server.hold;
    const change = server.meanwhile.shift();
    if (change) server.items = server.items.map((one) => ({ ...one, ...change }));
    if (server.refuse) return { ok: false, fault: server.refuse };
    const { name, visibility, articles } = server.items[0] ?? FIRST_WEEK;
    const now = { name, visibility, articles: articles.map(({ id }) => id) };
    if (JSON.stringify(body.was) !== JSON.stringify(now)) return { ok: false, fault: fault("stale", "Cannot change") };
    server.puts.push(body.articles);
    server.items = [{ ...FIRST_WEEK, ...body, articles: body.articles.map((id) => article(id)) }];
    return value(server.items[0]);
  }) as Http;
  const site = signal(SITE);
  const session = { site, agent: signal(who) } as never;
  const toasts = createToasts();
  const collections = createCollections(http, router, session, toasts, shelf);
  const course = createCourse(shelf, router, session, collections, async () => []);
  const said = () => toasts.shown.value.map(({ say }) => say(en));
  return { collections, course, server, router, shelf, site, said };
}

const order = (collections: ReturnType<typeof createCollections>) =>
  collections.current.value?.articles.map(({ id }) => id);

describe("a collection", () => {
  it("is arranged at once, and stored in the order that was left in the end", async () => {
    const { collections, server } = open();
    await settled();
    const gate = Promise.withResolvers<void>();
    server.hold = gate.promise;
    collections.move(0, 2);
    expect(order(collections)).toEqual(["two", "three", "one"]);
    collections.move(0, 1);
    collections.move(2, 0);
    gate.resolve();
    await settled();
    await settled();
    expect(order(collections)).toEqual(["one", "three", "two"]);
    expect(server.puts.at(-1)).toEqual(["one", "three", "two"]);
    expect(server.puts.length).toBeLessThanOrEqual(2);
  });

  it("is as it was where the server refuses a change, and says why", async () => {
    const { collections, server } = open();
    await settled();
    server.refuse = fault("invalid", "“two” is for the team only: visitors cannot read it");
    collections.edit({ type: "visibility", visibility: "public" });
    expect(collections.current.value?.visibility).toBe("public");
    await settled();
    await settled();
    expect(collections.current.value?.visibility).toBe("internal");
    expect(collections.fault.value?.message).toMatch(/two.*team only/);
  });

  it("gets what could not be stored once its site is shown again, after another site's", async () => {
    const { collections, server, site } = open();
    await settled();
    server.refuse = fault("unavailable", "No connection");
    collections.edit({ type: "name", name: "Week 1" });
    await settled();
    site.value = { ...SITE, id: "elsewhere" as typeof SITE.id };
    await settled();
    expect(collections.current.value).toBeUndefined();
    server.refuse = undefined;
    site.value = SITE;
    await settled();
    expect(collections.current.value?.name).toBe("Week 1");
    await settled();
    expect(server.items[0]?.name).toBe("Week 1");
  });

  it("keeps the name it had while another is being written", async () => {
    const { collections, server } = open();
    await settled();
    collections.edit({ type: "name", name: "" });
    await settled();
    expect(server.puts).toEqual([]);
    collections.edit({ type: "name", name: "Week 1" });
    await settled();
    expect(server.items[0]?.name).toBe("Week 1");
  });

  it("keeps the space after a word while the next one is being typed", async () => {
    const { collections, server } = open();
    await settled();
    collections.edit({ type: "name", name: "Week " });
    await settled();
    expect([server.items[0]?.name, collections.current.value?.name]).toEqual(["Week", "Week "]);
    collections.edit({ type: "name", name: "Week 1" });
    await settled();
    expect(server.items[0]?.name).toBe("Week 1");
  });

  it("that a colleague changed meanwhile has their change and ours, and says so once", async () => {
    const { collections, server, said } = open();
    await settled();
    server.meanwhile = [{ name: "Week 1", articles: [FOUR, ONE, TWO, THREE] }];
    collections.move(0, 2);
    expect(order(collections)).toEqual(["two", "three", "one"]);
    await settled();
    await settled();
    expect(order(collections)).toEqual(["four", "two", "three", "one"]);
    expect(server.items[0]).toMatchObject({ name: "Week 1", articles: [FOUR, TWO, THREE, ONE] });
    expect(collections.fault.value).toBeUndefined();
    expect(said()).toEqual([en.collectionMet("Week 1")]);
    collections.move(0, 1);
    await settled();
    expect(said()).toHaveLength(1);
  });

  it("keeps the name that was typed and what was put in while a colleague took out and renamed", async () => {
    const { collections, server } = open();
    await settled();
    server.meanwhile = [{ name: "Theirs", articles: [THREE] }, { articles: [THREE, TWO] }];
    collections.move(0, 1);
    collections.edit({ type: "name", name: "Mine" });
    collections.edit({ type: "add", article: FOUR });
    await settled();
    await settled();
    expect(server.items[0]).toMatchObject({ name: "Mine", articles: [THREE, TWO, FOUR] });
    expect(collections.current.value).toMatchObject({ name: "Mine", articles: [THREE, TWO, FOUR] });
  });

  it("puts what was moved behind the nearest that is still there, where a colleague took out what was before it", async () => {
    const { collections, server } = open();
    await settled();
    server.meanwhile = [{ articles: [ONE, TWO] }];
    collections.move(0, 2);
    await settled();
    await settled();
    expect(server.items[0]?.articles).toEqual([TWO, ONE]);
  });

  it("is not set back by an answer to what was asked before it was stored", async () => {
    const { collections, server, router } = open();
    await settled();
    const answered = Promise.withResolvers<void>();
    server.late = answered.promise;
    router.go({ page: "knowledge" });
    router.go({ page: "collections", collection: "c1" });
    collections.edit({ type: "name", name: "Week 1" });
    await settled();
    expect(server.items[0]?.name).toBe("Week 1");
    answered.resolve();
    await settled();
    expect(collections.current.value?.name).toBe("Week 1");
  });

  it("keeps what did not reach the server, and sends it with the next change or when it is opened again", async () => {
    const { collections, server, router } = open();
    await settled();
    server.refuse = fault("unavailable", "No connection");
    collections.edit({ type: "name", name: "Week 1" });
    await settled();
    expect([collections.current.value?.name, collections.fault.value?.code]).toEqual(["Week 1", "unavailable"]);
    server.refuse = undefined;
    router.go({ page: "knowledge" });
    router.go({ page: "collections", collection: "c1" });
    await settled();
    expect([server.items[0]?.name, collections.fault.value]).toEqual(["Week 1", undefined]);
  });

  it("gives way to a colleague who is quicker every time, and asks no further until the next change", async () => {
    const { collections, server } = open();
    await settled();
    server.meanwhile = Array.from({ length: 9 }, (_, n) => ({ name: `Theirs ${n}` }));
    collections.move(0, 2);
    await settled();
    await settled();
    expect([server.meanwhile.length, server.puts, collections.fault.value?.code]).toEqual([4, [], "stale"]);
    server.meanwhile = [];
    collections.edit({ type: "take-out", article: "three" });
    await settled();
    await settled();
    expect(server.items[0]).toMatchObject({ name: "Theirs 4", articles: [TWO, ONE] });
  });

  it("of another site is shown no longer than that site is, whether the own ones come or not", async () => {
    const { collections, server, site } = open();
    const shown = () => [...collections.items.value, ...collections.needed.value].map(({ id }) => id);
    await settled();
    expect(shown()).toEqual(["c1", "three"]);
    const gate = Promise.withResolvers<void>();
    server.hold = gate.promise;
    site.value = OTHER_SITE;
    expect([shown(), collections.state.value]).toEqual([[], "loading"]);
    gate.resolve();
    await settled();
    expect(shown()).toEqual(["c2", "four"]);
    server.down = true;
    site.value = SITE;
    await settled();
    expect(shown()).toEqual([]);
    expect(collections.fault.value?.code).toBe("unavailable");
  });

  it("whose change is stored after the site was left lets those of the next one come", async () => {
    const { collections, server, site } = open();
    await settled();
    const gate = Promise.withResolvers<void>();
    server.hold = gate.promise;
    collections.move(0, 2);
    site.value = OTHER_SITE;
    gate.resolve();
    await settled();
    expect(server.puts).toEqual([["two", "three", "one"]]);
    expect(collections.items.value.map(({ id }) => id)).toEqual(["c2"]);
  });

  it("that was begun keeps its name for tomorrow, on its own site", async () => {
    const { collections, shelf, site } = open({ page: "collections", collection: "new" });
    collections.begin("First");
    site.value = OTHER_SITE;
    expect(collections.begun.value).toBe("");
    site.value = SITE;
    expect(collections.begun.value).toBe("First");
    const tomorrow = open({ page: "collections", collection: "new" }, shelf).collections;
    expect(tomorrow.begun.value).toBe("First");
    tomorrow.begin(" ");
    expect(shelf.keys("")).toEqual([]);
  });

  it("moves nothing beyond its ends", async () => {
    const { collections, server } = open();
    await settled();
    collections.move(0, -1);
    collections.move(2, 3);
    await settled();
    expect([order(collections), server.puts]).toEqual([["one", "two", "three"], []]);
  });
});

describe("a course", () => {
  it("ticks what was read and opens what was not, in the order", async () => {
    const { course } = open();
    await settled();
    course.look("two");
    course.next();
    expect([course.open.value?.id, [...course.read.value]]).toEqual(["three", ["two"]]);
    course.look("one");
    course.next();
    // The second was read already.
    expect(course.open.value?.id).toBe("three");
    course.next();
    expect(course.progressOf("c1", FIRST_WEEK.articles)).toBe(3);
    course.tick("one", false);
    expect(course.progressOf("c1", FIRST_WEEK.articles)).toBe(2);
  });

  it("is one agent's own on a device, and still there tomorrow", async () => {
    const { course, shelf } = open();
    await settled();
    course.tick("one", true);
    const tomorrow = open({ page: "collections", collection: "c1" }, shelf);
    await settled();
    expect([...tomorrow.course.read.value]).toEqual(["one"]);
    const colleague = open({ page: "collections", collection: "c1" }, shelf, TOMAS);
    await settled();
    expect([...colleague.course.read.value]).toEqual([]);
  });

  it("of what is needed most is made by itself", async () => {
    const { course } = open({ page: "collections", collection: "needed" });
    await settled();
    expect(course.articles.value.map(({ id }) => id)).toEqual(["three"]);
    course.look("three");
    course.next();
    expect(course.progressOf("needed", course.articles.value)).toBe(1);
  });
});
