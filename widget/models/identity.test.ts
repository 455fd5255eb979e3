import { afterEach, describe, expect, it, vi } from "vitest";
import { fault } from "../../protocol/faults.ts";
import { type Http, HttpError } from "../http.ts";
import { createStorage } from "../storage.ts";
import { type Counter, createCounter, memory } from "../test/counter.ts";

const LIMITED_S = 7;

let counter: Counter;
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  counter.app.dispose();
});

const refusal = (status: number, headers = {}) => new HttpError(new Response(null, { status, headers }));
const limited = () => refusal(429, { "retry-after": `${LIMITED_S}` });

/** A page with a line, whose server answers each question for a token as it is told. */
function come(...answers: (string | Error)[]) {
  const storage = createStorage("pk_test", true, memory());
  storage.set("token", "vt_before");
  const visitor = vi.fn<Http["visitor"]>(async () => {
    const answer = answers.shift() ?? "vt_late";
    if (typeof answer !== "string") throw answer;
    return { token: answer };
  });
  counter = createCounter({ storage, http: { visitor } });
  counter.desk.session.start();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  return { storage, visitor };
}

describe("whom the page names", () => {
  it("is asked for again when the server said, and then whenever it can be had: the page says it once", async () => {
    const { storage, visitor } = come(limited(), new TypeError("Failed to fetch"), refusal(503), "vt_named");
    const { identify } = await counter.desk.identity.need();
    const named = identify({ token: "a.b.c" });
    await vi.advanceTimersByTimeAsync(LIMITED_S * 1_000);
    expect(visitor).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(10_000);
    await named;
    expect(visitor).toHaveBeenCalledTimes(4);
    expect(visitor).toHaveBeenLastCalledWith({ identity: "a.b.c", token: "vt_before" });
    expect(storage.get("token")).toBe("vt_named");
    expect(counter.auths.at(-1)).toMatchObject({ token: "vt_named" });
  });

  it("is not asked for again where they were refused, or the page itself does not know", async () => {
    const { visitor } = come(refusal(401));
    const { identify } = await counter.desk.identity.need();
    await expect(identify({ token: "a.b.c" })).rejects.toMatchObject({ status: 401 });
    const lost = () => Promise.reject(new Error("Our own server is down"));
    await expect(identify({ token: lost })).rejects.toThrow("Our own");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(visitor).toHaveBeenCalledTimes(1);
  });

  it("is not asked for any more by a page that has forgotten them", async () => {
    const { visitor } = come(limited());
    const { identify } = await counter.desk.identity.need();
    const named = identify({ token: "a.b.c" });
    await vi.advanceTimersByTimeAsync(0);
    counter.app.dispose();
    await vi.advanceTimersByTimeAsync(60_000);
    await named;
    expect(visitor).toHaveBeenCalledTimes(1);
  });
});

describe("whom the server does not know any more", () => {
  const unknown = fault("unauthorized", "Unknown visitor token");

  it("D15 comes again as whom the page names, however long that takes: nobody is told that they were signed out", async () => {
    const { storage, visitor } = come("vt_before", limited(), "vt_again");
    const { identify } = await counter.desk.identity.need();
    await identify({ token: "a.b.c" });
    counter.pair.cut();
    counter.pair.refuse(unknown);
    await vi.advanceTimersByTimeAsync(5_000);
    const before = counter.auths.length;
    counter.desk.wake();
    expect(counter.auths).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(visitor).toHaveBeenCalledTimes(3);
    expect(storage.get("token")).toBe("vt_again");
    expect(counter.desk.session.refused.value).toBeUndefined();
    expect(counter.auths.at(-1)).toMatchObject({ token: "vt_again" });
  });

  it("is told so where nobody named them, or the site's word was refused as well", async () => {
    come("vt_before", refusal(401));
    const { identify } = await counter.desk.identity.need();
    counter.pair.cut();
    counter.pair.refuse(unknown);
    await vi.advanceTimersByTimeAsync(0);
    expect(counter.desk.session.refused.value).toMatchObject({ code: "unauthorized" });
    counter.desk.session.again();
    counter.hello();
    await identify({ token: "a.b.c" });
    counter.pair.cut();
    counter.pair.refuse(unknown);
    await vi.advanceTimersByTimeAsync(0);
    expect(counter.desk.session.refused.value).toMatchObject({ code: "unauthorized" });
  });
});
