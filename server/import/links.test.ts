import { expect, test } from "vitest";
import { imagesIn, linksIn, rewriteLinks } from "./links.ts";

test("A footnote's first word is no address, what it links to is one.", () => {
  const source = "A[^1] [b]\n\n[^1]: guide.md says [so](more.md)\n[b]: guide.md\n[^c d]: guide.md";
  expect(linksIn(source)).toEqual(["more.md", "guide.md"]);
  expect(rewriteLinks(source, (href) => `/${href}`)).toBe(
    "A[^1] [b]\n\n[^1]: guide.md says [so](/more.md)\n[b]: /guide.md\n[^c d]: /guide.md",
  );
});

test("Images are looked for once, however many open and never close", () => {
  // Each mark searched to the end takes minutes: the runner's limit ends that.
  expect(imagesIn(`${"![".repeat(300_000)}\n![a](b.png) ![[c] ![d\\](e.png)`)).toEqual(["b.png", "e.png"]);
});
