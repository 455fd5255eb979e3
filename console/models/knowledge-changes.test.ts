import { describe, expect, it } from "vitest";
import { changesOf, type Passage } from "./knowledge-changes.ts";

/** As one would mark it by hand: [-gone-]{+came+}, and … where lines are left out. */
function marked(passages: readonly Passage[]): string {
  return passages
    .map((passage) =>
      "skipped" in passage
        ? `…${passage.skipped}\n`
        : passage.stretches
            .map(({ kind, text }) => (kind === "same" ? text : kind === "gone" ? `[-${text}-]` : `{+${text}+}`))
            .join(""),
    )
    .join("");
}

describe("what changed of a text", () => {
  it("is shown word by word", () => {
    expect(marked(changesOf("Within 30 days.\n", "Within 14 days.\n"))).toBe("Within [-30-]{+14+} days.\n");
  });

  it("is shown in Chinese by its words, not by the whole sentence", () => {
    expect(marked(changesOf("请在三十天内退货。", "请在十四天内退货。"))).toMatch(
      /^请在.*\{\+.*十四.*\+\}.*内退货。\n$/,
    );
  });

  it("stands among the lines around it, and leaves the others out", () => {
    const lines = ["one", "two", "three", "four", "five", "six", "seven"];
    const now = lines.with(3, "4");
    expect(marked(changesOf(lines.join("\n"), now.join("\n")))).toBe("…2\nthree\n[-four\n-]{+4\n+}five\n…2\n");
  });

  it("is a line that came, or went", () => {
    expect(marked(changesOf("a\nc\n", "a\nb\nc\n"))).toBe("a\n{+b\n+}c\n");
    expect(marked(changesOf("a\nb\nc\n", "a\nc\n"))).toBe("a\n[-b\n-]c\n");
  });

  it("is nothing where nothing changed, nor where only the last line break did", () => {
    expect(changesOf("same\ntext", "same\ntext\n")).toEqual([]);
    expect(changesOf("", "")).toEqual([]);
  });

  it("is two texts where they have nothing in common", () => {
    expect(marked(changesOf("", "All new.\n"))).toBe("{+All new.\n+}");
    expect(marked(changesOf("## How it works\n", "Ask us for a label.\n"))).toBe(
      "[-## How it works\n-]{+Ask us for a label.\n+}",
    );
  });
});
