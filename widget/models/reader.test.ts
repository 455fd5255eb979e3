import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Article, Http } from "../http.ts";
import { createStorage } from "../storage.ts";
import { createReader } from "./reader.ts";

const ARTICLE = {
  id: "a1",
  title: "Reset your board",
  body: [{ type: "paragraph", children: [{ type: "text", text: "Press it twice." }] }],
} as unknown as Article;

interface Told {
  article: string;
  what: string;
  said: { q?: string; solved?: boolean; session: string };
}

function reading(storage = createStorage("pk", false)) {
  const told: Told[] = [];
  const http = {
    article: async () => ARTICLE,
    say: async (article: string, what: string, said: Told["said"]) => void told.push({ article, what, said }),
  } as unknown as Http;
  return { told, storage, reader: createReader({ http, storage, viewed: () => {} }) };
}

describe("A question and the article that is read for it", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is told after a while before somebody's eyes, once, and nothing is kept before", () => {
    const { told, storage, reader } = reading();
    reader.stands(ARTICLE, "reset", () => true);
    vi.advanceTimersByTime(4_900);
    expect([told, storage.keys("")]).toEqual([[], []]);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([{ article: "a1", what: "reading", said: { q: "reset", session: storage.get("session") } }]);
    expect(storage.get("session")).toEqual(expect.any(String));
  });

  test("is not told of a look, nor of a page that nobody sees", () => {
    const { told, reader } = reading();
    const stop = reader.stands(ARTICLE, "reset", () => true);
    vi.advanceTimersByTime(3_000);
    stop();
    reader.stands(ARTICLE, "reset", () => false);
    vi.advanceTimersByTime(60_000);
    expect(told).toEqual([]);
  });

  test("is remembered for the next message once it counts, the article once however often it was read", () => {
    const { reader } = reading();
    reader.stands(ARTICLE, "reset", () => true)();
    expect(reader.read).toEqual([]);
    for (const q of ["reset", "reset it"]) {
      reader.stands(ARTICLE, q, () => true);
      vi.advanceTimersByTime(5_000);
    }
    for (let n = 0; n < 20; n++) reader.stands({ ...ARTICLE, id: `more${n}` }, "reset", () => true);
    vi.advanceTimersByTime(5_000);
    expect(reader.read).toHaveLength(10);
    expect(reader.read.slice(0, 2)).toEqual(["a1", "more0"]);
  });

  test("a longer article takes longer to count, up to twenty seconds", () => {
    const { told, reader } = reading();
    const text = "word ".repeat(1_000);
    const long = { ...ARTICLE, body: [{ type: "code", text }] } as unknown as Article;
    reader.stands(long, "reset", () => true);
    vi.advanceTimersByTime(19_900);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(told).toHaveLength(1);
  });

  test("bears the same session as what the visitor says of it", () => {
    const { told, reader } = reading();
    reader.judge("a1", false, "reset");
    reader.judge("a1", true, undefined);
    expect(told.map(({ what, said: { session: _, ...said } }) => [what, said])).toEqual([
      ["verdict", { solved: false, q: "reset" }],
      ["verdict", { solved: true }],
    ]);
    expect(new Set(told.map(({ said }) => said.session)).size).toBe(1);
  });
});
