import { describe, expect, it } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { FOUR, ONE, OTHER_SITE, openCollections, order, THREE, TWO } from "../fake-collections.ts";
import { SITE, settled } from "../fake-line.ts";
import { en } from "../sentences/en.ts";

describe("a collection", () => {
  it("is arranged at once, and stored in the order that was left in the end", async () => {
    const { collections, server } = openCollections();
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
    const { collections, server } = openCollections();
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
    const { collections, server, site } = openCollections();
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
    const { collections, server } = openCollections();
    await settled();
    collections.edit({ type: "name", name: "" });
    await settled();
    expect(server.puts).toEqual([]);
    collections.edit({ type: "name", name: "Week 1" });
    await settled();
    expect(server.items[0]?.name).toBe("Week 1");
  });

  it("keeps the space after a word while the next one is being typed", async () => {
    const { collections, server } = openCollections();
    await settled();
    collections.edit({ type: "name", name: "Week " });
    await settled();
    expect([server.items[0]?.name, collections.current.value?.name]).toEqual(["Week", "Week "]);
    collections.edit({ type: "name", name: "Week 1" });
    await settled();
    expect(server.items[0]?.name).toBe("Week 1");
  });

  it("that a colleague changed meanwhile has their change and ours, and says so once", async () => {
    const { collections, server, said } = openCollections();
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
    const { collections, server } = openCollections();
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
    const { collections, server } = openCollections();
    await settled();
    server.meanwhile = [{ articles: [ONE, TWO] }];
    collections.move(0, 2);
    await settled();
    await settled();
    expect(server.items[0]?.articles).toEqual([TWO, ONE]);
  });

  it("is not set back by an answer to what was asked before it was stored", async () => {
    const { collections, server, router } = openCollections();
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
    const { collections, server, router } = openCollections();
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
    const { collections, server } = openCollections();
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
    const { collections, server, site } = openCollections();
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
    const { collections, server, site } = openCollections();
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
    const { collections, shelf, site } = openCollections({ page: "collections", collection: "new" });
    collections.begin("First");
    site.value = OTHER_SITE;
    expect(collections.begun.value).toBe("");
    site.value = SITE;
    expect(collections.begun.value).toBe("First");
    const tomorrow = openCollections({ page: "collections", collection: "new" }, shelf).collections;
    expect(tomorrow.begun.value).toBe("First");
    tomorrow.begin(" ");
    expect(shelf.keys("")).toEqual([]);
  });

  it("moves nothing beyond its ends", async () => {
    const { collections, server } = openCollections();
    await settled();
    collections.move(0, -1);
    collections.move(2, 3);
    await settled();
    expect([order(collections), server.puts]).toEqual([["one", "two", "three"], []]);
  });
});
