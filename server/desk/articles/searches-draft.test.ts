import { describe, expect, test } from "vitest";
import { titleFrom } from "./searches-draft.ts";

describe("the title of a drafted article", () => {
  test("is the sentence that asks, without the greeting", () => {
    expect(titleFrom("Hi there! My order came today. How do I send it back?")).toBe("How do I send it back?");
    expect(titleFrom("您好！我昨天收到了包裹。请问怎么退货？谢谢")).toBe("请问怎么退货？");
  });

  test("is the first sentence that says something, where nobody asks outright", () => {
    expect(titleFrom("Hello! The port is gone from the menu. Green light is on.")).toBe(
      "The port is gone from the menu.",
    );
  });

  test("is cut between words where it is long", () => {
    const title = titleFrom(`How do I connect ${"one more sensor and ".repeat(10)}a display?`);
    expect(title).toMatch(/ (one|more|sensor|and)…$/);
    expect([...title].length).toBeLessThanOrEqual(91);
  });

  test("is what was written, where that is all", () => {
    expect(titleFrom("Invoice")).toBe("Invoice");
    expect(titleFrom("")).toBe("");
  });
});
