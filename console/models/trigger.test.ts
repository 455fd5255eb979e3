import { describe, expect, it } from "vitest";
import { triggerAt } from "./trigger.ts";

const at = (text: string, mode: "reply" | "note" = "reply") => {
  const found = triggerAt(text, text.length, mode);
  return found && `${found.kind} ${found.query}`;
};

describe("a word that opens a picker", () => {
  it.each([
    ["#move", "article move"],
    ["see #move a booking", "article move a booking"],
    ["＃退款", "article 退款"],
    ["请看#退款", "article 退款"],
    ["/refund", "reply refund"],
    ["、退款", "reply 退款"],
    ["Hi /", "reply "],
  ])("%j opens %j", (text, opened) => {
    expect(at(text)).toBe(opened);
  });

  it.each([
    "https://larkfield.test/refund",
    "苹果、香蕉",
    "#1 reason is",
    "# heading",
    "#one two three four five",
    "/refund now",
    "a#move",
    "#move\nnext line",
    "mara@larkfield.test",
  ])("%j opens nothing", (text) => {
    expect(at(text)).toBeUndefined();
  });

  it("mentions teammates in notes alone: a visitor has none", () => {
    expect(at("@tom", "note")).toBe("mention tom");
    expect(at("@tom")).toBeUndefined();
  });
});
