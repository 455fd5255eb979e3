import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Event } from "../../protocol/event.ts";
import type { Http, Suggestion } from "../http.ts";
import { createStorage } from "../storage.ts";
import { createOffer, waitingFor } from "./offer.ts";

const found = ["a1", "a2"].map((id) => ({ id, title: id, excerpt: "", locale: "en", slug: id, score: 0.9 }));
const posted = (kind: "visitor" | "agent", text: string, shown?: string[]) =>
  ({ type: "posted", by: { kind }, text, ...(shown && { asked: { q: text, shown } }) }) as unknown as Event;

function offering(answer: () => Promise<readonly Suggestion[]> = async () => found) {
  const asked: string[] = [];
  const suggest = ({ q }: { q: string }) => {
    asked.push(q);
    return answer();
  };
  const http = { suggest } as unknown as Http;
  const storage = createStorage("pk", false);
  const make = () => createOffer({ http, storage, url: () => "https://shop.example/" });
  return { asked, make, offer: make() };
}

describe("While somebody waits for a person", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("the best article is offered, once, and not before a person had the chance to answer", async () => {
    const { asked, offer, make } = offering();
    offer.look("c1", { q: "board is dark", shown: [] });
    await vi.advanceTimersByTimeAsync(3_900);
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(offer.offered.value?.article).toMatchObject({ id: "a1" });
    offer.look("c1", { q: "board is dark and cold", shown: [] });
    make().look("c1", { q: "board is dark", shown: [] });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual(["board is dark"]);
    expect(make().offered.value?.article).toMatchObject({ id: "a1" });
  });

  test("what they were shown before they wrote is not offered again", async () => {
    const { offer } = offering();
    offer.look("c1", { q: "board is dark", shown: ["a1"] });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(offer.offered.value?.article).toMatchObject({ id: "a2" });
  });

  test("where nothing is sure enough, or it was put away, nothing is offered in this conversation", async () => {
    const { asked, offer } = offering(async () => []);
    offer.look("c1", { q: "board is dark", shown: [] });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(offer.offered.value).toEqual({ conversation: "c1", article: undefined });
    offer.look("c1", { q: "board is dark", shown: [] });
    offer.putAway("c2");
    offer.look("c2", { q: "board is dark", shown: [] });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(1);
  });

  test("a look that failed, or was stopped, is none", async () => {
    const { offer } = offering(async () => Promise.reject(new Error("offline")));
    offer.look("c1", { q: "board is dark", shown: [] });
    await vi.advanceTimersByTimeAsync(5_000);
    offer.look("c1", { q: "board is dark", shown: [] })();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(offer.offered.value).toBeUndefined();
  });
});

describe("What is waited for", () => {
  test("is all the visitor said in this episode, until an agent writes", () => {
    const first = [posted("visitor", "Hi", ["a1"]), posted("visitor", "my board is dark")];
    expect(waitingFor(first)).toEqual({ q: "my board is dark", shown: ["a1"] });
    const read = { ...posted("visitor", "Hi"), asked: { q: "Hi", shown: ["a1"], read: ["a3"] } } as unknown as Event;
    expect(waitingFor([read])?.shown).toEqual(["a1", "a3"]);
    const answered = [...first, posted("agent", "Which lights?")];
    expect(waitingFor(answered)).toBeUndefined();
    const reopened = { type: "reopened" } as Event;
    expect(waitingFor([...answered, reopened, posted("visitor", "Dark again")])?.q).toBe("Dark again");
    expect(waitingFor([posted("visitor", "Hello")])?.q).toBe("Hello");
    expect(waitingFor([])).toBeUndefined();
  });

  test("is a question of a few Han characters as well, and not a greeting of two", () => {
    expect(waitingFor(["你好", "怎么退货？", "包装已经拆开了"].map((text) => posted("visitor", text)))?.q).toBe(
      "怎么退货？ 包装已经拆开了",
    );
  });
});
