import { describe, expect, it } from "vitest";
import { openCollections } from "../fake-collections.ts";
import { settled } from "../fake-line.ts";
import { named, nameFor, namesWanted } from "./knowledge-collection-names.ts";

const STEPS = { name: "First steps", locale: "en", names: { "zh-Hans": "新手入门" } };

describe("a collection's names", () => {
  it("are its own and those in other languages; a reader has theirs, else the nearest, else its own", () => {
    const shown = ["en", "zh-Hans", "zh-Hant", "en-GB", "de"].map((locale) => nameFor(STEPS, locale));
    expect(shown).toEqual(["First steps", "新手入门", "新手入门", "First steps", "First steps"]);
    expect(nameFor({ ...STEPS, name: "" }, "en")).toBe("");
    expect(nameFor({ ...STEPS, locale: "zh-Hant", name: "新手指南" }, "zh-HK")).toBe("新手指南");
  });

  it("are wanted in each of the site's languages, its own and those in which it has one", () => {
    expect(namesWanted(STEPS, ["en"])).toEqual(["en", "zh-Hans"]);
    expect(namesWanted({ ...STEPS, names: {} }, ["zh-Hans", "de"])).toEqual(["zh-Hans", "de", "en"]);
  });

  it("are taken away by writing none, but for its own", () => {
    expect(named(STEPS, "de", "Erste Schritte").names).toEqual({ "zh-Hans": "新手入门", de: "Erste Schritte" });
    expect(named(STEPS, "zh-Hans", " ")).toEqual({ ...STEPS, names: {} });
    expect(named(STEPS, "en", "Begin")).toEqual({ ...STEPS, name: "Begin" });
  });

  it("are stored as they are written, each the newest, and keep the space that is being typed", async () => {
    const { collections, server } = openCollections();
    await settled();
    const gate = Promise.withResolvers<void>();
    server.hold = gate.promise;
    for (const name of ["第", "第一", "第一周 "]) collections.edit({ type: "name", locale: "zh-Hans", name });
    collections.edit({ type: "name", locale: "de", name: "Erste Woche" });
    gate.resolve();
    await settled();
    await settled();
    const names = { "zh-Hans": "第一周", de: "Erste Woche" };
    expect(server.put).toMatchObject({ name: "First week", locale: "en", names });
    expect(collections.current.value?.names).toEqual({ ...names, "zh-Hans": "第一周 " });
    collections.edit({ type: "name", locale: "zh-Hans", name: "" });
    await settled();
    expect(server.put?.names).toEqual({ de: "Erste Woche" });
  });

  it("say no language before somebody wrote in one, and are said to have stood in what is stored", async () => {
    const { collections, server } = openCollections();
    await settled();
    collections.move(0, 2);
    await settled();
    expect(server.put).not.toHaveProperty("locale");
    expect(server.put).not.toHaveProperty("names");
    expect(server.put?.was.names).toEqual({});
    collections.edit({ type: "name", locale: "zh-Hans", name: "第一周" });
    await settled();
    collections.move(0, 2);
    await settled();
    expect(server.put?.was.names).toEqual({ "zh-Hans": "第一周" });
  });

  it("are written again on top of a colleague's in another language", async () => {
    const { collections, server } = openCollections();
    await settled();
    server.meanwhile = [{ names: { de: "Erste Woche" } }];
    collections.edit({ type: "name", locale: "zh-Hans", name: "第一周" });
    await settled();
    await settled();
    expect(server.put?.names).toEqual({ de: "Erste Woche", "zh-Hans": "第一周" });
  });

  it("keep the own one while it is written anew in its field", async () => {
    const { collections, server } = openCollections();
    await settled();
    collections.edit({ type: "name", locale: "en", name: "" });
    await settled();
    expect(server.puts).toEqual([]);
    collections.edit({ type: "name", locale: "en", name: "Week 1" });
    await settled();
    expect(server.put?.name).toBe("Week 1");
  });
});
