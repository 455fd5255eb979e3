import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { MARA, SITE, settled, TOMAS } from "../fake-line.ts";
import type { Http } from "../ports.ts";
import { createMemoryShelf } from "../shelf.ts";
import { type Collection, createCollections } from "./knowledge-collections.ts";
import { createCourse } from "./knowledge-course.ts";
import type { Route } from "./routes.ts";

const article = (id: string) => ({ id, title: id, locale: "en", visibility: "public", state: "published" }) as const;
const [ONE, TWO, THREE] = [article("one"), article("two"), article("three")];
const FIRST_WEEK: Collection = {
  id: "c1",
  name: "First week",
  visibility: "internal",
  articles: [ONE, TWO, THREE],
};

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
    refuse: false,
    hold: undefined as Promise<void> | undefined,
  };
  const http = (async (method: string, path: string, body?: { articles: string[]; name: string }) => {
    const value = (of: unknown) => ({ ok: true, value: of });
    if (path.endsWith("/needed")) return value({ items: [THREE] });
    if (method === "GET") return value({ items: server.items });
    if (method !== "PUT" || !body) return value(undefined);
    await server.hold;
    if (server.refuse) return { ok: false, fault: fault("invalid", "“two” is internal: visitors cannot read it") };
    server.puts.push(body.articles);
    const articles = body.articles.map((id) => article(id));
    server.items = [{ ...FIRST_WEEK, name: body.name, articles }];
    return value(server.items[0]);
  }) as Http;
  const session = { site: signal(SITE), agent: signal(who) } as never;
  const collections = createCollections(http, router, session);
  const course = createCourse(shelf, router, session, collections, async () => []);
  return { collections, course, server, router, shelf };
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
    server.refuse = true;
    collections.change({ visibility: "public" });
    expect(collections.current.value?.visibility).toBe("public");
    await settled();
    await settled();
    expect(collections.current.value?.visibility).toBe("internal");
    expect(collections.fault.value?.message).toMatch(/two.*internal/);
  });

  it("keeps the name it had while another is being written", async () => {
    const { collections, server } = open();
    await settled();
    collections.change({ name: "" });
    await settled();
    expect(server.puts).toEqual([]);
    collections.change({ name: "Week 1" });
    await settled();
    expect(server.items[0]?.name).toBe("Week 1");
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
