import { expect, test } from "vitest";
import { linksIn, rewriteLinks } from "./links.ts";

test("A footnote's first word is no address, what it links to is one.", () => {
  const source = "A[^1] [b]\n\n[^1]: guide.md says [so](more.md)\n[b]: guide.md\n[^c d]: guide.md";
  expect(linksIn(source)).toEqual(["more.md", "guide.md"]);
  expect(rewriteLinks(source, (href) => `/${href}`)).toBe(
    "A[^1] [b]\n\n[^1]: guide.md says [so](/more.md)\n[b]: /guide.md\n[^c d]: /guide.md",
  );
});
