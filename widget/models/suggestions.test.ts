import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Http, Suggestion } from "../http.ts";
import { createSuggestions } from "./suggestions.ts";

type Asked = Parameters<Http["suggest"]>[0];

/** Requests that the test answers by hand, in any order; one that is given up answers all the same. */
function desk() {
  const asked: (Asked & { signal: AbortSignal; answers(...ids: string[]): Promise<void>; fails(): Promise<void> })[] =
    [];
  const http = {
    suggest(one: Asked, signal: AbortSignal) {
      const { promise, resolve, reject } = Promise.withResolvers<Suggestion[]>();
      const settled = () =>
        promise.then(
          () => undefined,
          () => undefined,
        );
      asked.push({
        ...one,
        signal,
        answers(...ids) {
          resolve(ids.map((id) => ({ id, slug: id, title: id, excerpt: "", locale: "en", score: 0.9 })));
          return settled();
        },
        fails() {
          reject(new Error("offline"));
          return settled();
        },
      });
      return promise;
    },
  } as unknown as Http;
  const suggestions = createSuggestions({ http, page: () => ({ url: "https://shop.example/", title: "Shop" }) });
  const shown = () => suggestions.answer.value?.found.map(({ id }) => id);
  return { asked, suggestions, shown };
}

describe("What is offered while somebody types", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const rests = () => vi.advanceTimersByTimeAsync(150);

  test("is asked for once the keys rest, three at most", async () => {
    const { asked, suggestions } = desk();
    for (const text of ["my", "my bo", "my board"]) {
      suggestions.type(text);
      await vi.advanceTimersByTimeAsync(100);
    }
    await rests();
    expect(asked.map(({ q, limit }) => [q, limit])).toEqual([["my board", 3]]);
  });

  test("gives up the older request at the next key, and shows nothing of it however late it answers", async () => {
    const { asked, suggestions, shown } = desk();
    suggestions.type("my board");
    await rests();
    suggestions.type("my board is dark");
    expect(asked[0]?.signal.aborted).toBe(true);
    await rests();
    await asked[1]?.answers("new");
    await asked[0]?.answers("old");
    expect(shown()).toEqual(["new"]);
  });

  test("stays on the screen until the next answer is there, also where that one fails", async () => {
    const { asked, suggestions, shown } = desk();
    suggestions.type("my board");
    await rests();
    await asked[0]?.answers("one");
    suggestions.type("my board is");
    expect(shown()).toEqual(["one"]);
    await rests();
    expect(shown()).toEqual(["one"]);
    await asked[1]?.fails();
    expect([shown(), suggestions.failed.value]).toEqual([["one"], true]);
    suggestions.type("my board is dark");
    await rests();
    await asked[2]?.answers("two");
    expect([shown(), suggestions.failed.value]).toEqual([["two"], false]);
  });

  test("is said to be nothing only once the keys rest for a while, and never of other words", async () => {
    const { asked, suggestions, shown } = desk();
    suggestions.type("my bo");
    await rests();
    await asked[0]?.answers("one");
    suggestions.type("my boat");
    await rests();
    await asked[1]?.answers();
    expect(shown()).toEqual(["one"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shown()).toEqual([]);
    suggestions.type("my boat ");
    expect(shown()).toEqual([]);
    suggestions.type("my boat h");
    expect(shown()).toBeUndefined();
    await rests();
    await asked[2]?.answers();
    // Another key in the meantime: of these words nobody is told.
    suggestions.type("my boat ha");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shown()).toBeUndefined();
    await asked[3]?.answers("harbour");
    expect(shown()).toEqual(["harbour"]);
  });

  test("goes with the words, and is not asked for again by those it answers", async () => {
    const { asked, suggestions, shown } = desk();
    suggestions.type("my board");
    await rests();
    await asked[0]?.answers("one");
    suggestions.type("my board i");
    suggestions.type("my board ");
    await rests();
    expect([asked.length, shown()]).toEqual([1, ["one"]]);
    suggestions.type("m");
    expect(shown()).toBeUndefined();
    await rests();
    expect(asked).toHaveLength(1);
  });
});
