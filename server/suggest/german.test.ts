import { afterEach, describe, expect, it } from "vitest";
import { withUmlauts } from "./german.ts";
import { GERMAN_IDEAS, GERMAN_PARTS } from "./german-words.ts";
import { createSuggestIndex, type SuggestArticle, type SuggestIndex } from "./index.ts";
import { stemmerFor } from "./stems.ts";
import { conceptOf } from "./synonyms.ts";

const closing: { close(): void }[] = [];
afterEach(() => {
  for (const index of closing.splice(0)) index.close();
});

describe("German suggestions", () => {
  it("read umlauts typed as two letters, or without dots", () => {
    const index = site({ fees: "Gebühren", offices: "Büros", keys: "Schlüssel", doors: "Türen", dishes: "Gerüchte" });
    expect(first(index, "tueren")).toBe("doors");
    expect(first(index, "turen")).toBe("doors");
    expect(index.rank({ q: "tuere" }).confidence).toBe(index.rank({ q: "türe" }).confidence);
    expect(first(index, "buero")).toBe("offices");
    const stem = stemmerFor("de");
    expect(stem("koennen")).toBe(stem("können"));
    expect(stem("neue")).toBe(stem("neuen"));
    expect(withUmlauts("bequem")).toBe("bequem");
    expect(withUmlauts("steuer")).toBe("steuer");
  });

  it("know verbs by their participles and infinitives", () => {
    const stem = stemmerFor("de-AT");
    expect(stem("aufgeladen")).toBe(stem("aufladen"));
    expect(stem("freizuschalten")).toBe(stem("freischalten"));
    expect(stem("aktiviert")).toBe(stem("aktivieren"));
    expect(stem("Aktivierung".toLowerCase())).toBe(stem("aktivieren"));
  });

  it("find compounds by their parts, and parts by compounds", () => {
    const index = site({
      fee: "Überweisungsgebühr",
      time: "Überweisungsdauer im Ausland und zwischen fremden Banken",
      annual: "Jahresgebühr des Kreises und der Gemeinden",
      address: "Anschrift der Filialen",
    });
    expect(first(index, "Was kostet eine Gebühr bei Überweisung?")).toBe("fee");
    expect(first(index, "Lieferadresse")).toBe("address");
    expect(stemmerFor("de").parts?.("überweisungsgebühren")).toEqual(["gebuhren", "uberweisungs"]);
    expect(stemmerFor("de").parts?.("versuchen")).toEqual([]);
    expect(stemmerFor("de").parts?.("verb".repeat(100_000))).toEqual([]);
  });

  it("know words that are used for one another, in German only", () => {
    const index = site({ pc: "Rechner", trip: "Reisepass", child: "Minderjährige", pay: "Gehalt" });
    expect(first(index, "Computer")).toBe("pc");
    expect(first(index, "Kind")).toBe("child");
    // In a site that is mostly English, too.
    for (const title of ["Present", "Voucher", "Lesson", "Parcel", "Chapter"]) index.put(article(title, title, "en"));
    expect(first(index, "Lohn")).toBe("pay");
    expect(conceptOf("kind", "de")).toBeDefined();
    expect(conceptOf("kind", "en")).toBeUndefined();
  });

  it("have each word in one line of ideas", () => {
    const words = GERMAN_IDEAS.trim().split(/\s+/);
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
    const parts = GERMAN_PARTS.trim().split(" ");
    expect(parts.filter((word, i) => words.includes(word) || parts.indexOf(word) !== i)).toEqual([]);
  });
});

function site(titles: Record<string, string>): SuggestIndex {
  const index = createSuggestIndex({ train: false });
  closing.push(index);
  for (const [id, title] of Object.entries(titles)) {
    index.put(article(id, title, "de"));
  }
  return index;
}

function article(id: string, title: string, locale: string): SuggestArticle {
  return { id, group: id, title, body: "", locale, audience: "public", questions: [] };
}

function first(index: SuggestIndex, q: string): string | undefined {
  return index.rank({ q, min: 0 }).ranked[0]?.id;
}
