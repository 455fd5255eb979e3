import { describe, expect, it } from "vitest";
import { contrast } from "./brand.ts";
import { addressOf, saidOf, tagOf } from "./snippet.ts";

describe("the line to paste", () => {
  it("says nothing that is as usual", () => {
    expect(tagOf("https://help.example", "pk_1", saidOf({ theme: { mode: "auto", position: "right" } }))).toBe(
      '<script async src="https://help.example/widget.js" data-site="pk_1"></script>',
    );
  });

  it("carries what the bell must know at once, and words as words", () => {
    const said = saidOf({
      theme: { brand: "#b5532a", mode: "dark", position: "left", offset: "20,88" },
      label: 'Ask "us" & <them>',
      lang: "fr",
    });
    expect(tagOf("https://help.example", "pk_1", said)).toBe(
      '<script async src="https://help.example/widget.js" data-site="pk_1" data-lang="fr" ' +
        'data-label="Ask &#34;us&#34; &#38; &#60;them&#62;" data-color="#b5532a" data-theme="dark" ' +
        'data-position="left" data-offset="20,88"></script>',
    );
    const address = new URL(addressOf("https://help.example", "pk_1", said));
    expect(Object.fromEntries(address.searchParams)).toEqual({
      site: "pk_1",
      lang: "fr",
      label: 'Ask "us" & <them>',
      color: "#b5532a",
      theme: "dark",
      position: "left",
      offset: "20,88",
    });
  });

  it("has a colour on which the white bell can be seen, whatever the brand's", () => {
    for (const brand of ["#ffd400", "#ffffff", "#7fffd4", "#0a6370", "#000000"]) {
      const color = saidOf({ theme: { brand } }).find(([name]) => name === "color")?.[1] ?? "";
      expect(contrast(color, "#ffffff"), brand).toBeGreaterThanOrEqual(4.5);
    }
  });
});
