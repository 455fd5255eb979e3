import { describe, expect, it } from "vitest";
import { PAGES, PLATFORMS, snippetFor } from "./settings-snippets.ts";

const installed = {
  host: "https://help.example",
  key: "pk_1",
  said: [
    ["label", `Ask "us", it's & quick`],
    ["color", "#b5532a"],
  ],
} as const;

describe("what is pasted", () => {
  it.each(PLATFORMS.filter((platform) => platform !== "csp"))(
    "on %s carries the site's key and the owner's choices",
    (platform) => {
      const text = snippetFor(platform, installed);
      expect(text).toContain("pk_1");
      expect(text).toContain("https://help.example");
      expect(text).toMatch(/#b5532a|%23b5532a/);
    },
  );

  it("is read back as it was meant, by HTML and by JSX", () => {
    const read = (text: string) => new DOMParser().parseFromString(text, "text/html").querySelector("script, deskbell");
    expect(read(snippetFor("html", installed))?.getAttribute("data-label")).toBe(installed.said[0][1]);
    const address = new URL((read(snippetFor("gtm", installed)) as HTMLScriptElement).src);
    expect(address.searchParams.get("label")).toBe(installed.said[0][1]);
    const element = snippetFor("react", installed).split("\n\n")[1] ?? "";
    expect(read(element)?.getAttribute("label")).toBe(installed.said[0][1]);
  });

  it("asks a shop for its own language, and says which addresses a policy must allow", () => {
    expect(snippetFor("shopify", installed)).toContain('data-lang="{{ request.locale.iso_code }}"');
    expect(snippetFor("csp", installed)).toBe(
      "script-src https://help.example;\nconnect-src https://help.example wss://help.example;\nimg-src https://help.example",
    );
  });

  it("has a page of its own in the documentation", () => {
    expect(new Set(Object.values(PAGES)).size).toBe(PLATFORMS.length);
  });
});
