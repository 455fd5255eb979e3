import { cleanup, render } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { RichText } from "../protocol/rich-text.ts";
import { RichTextView } from "./rich-text.tsx";

afterEach(cleanup);

const text = (words: string) => [{ type: "text" as const, text: words }];

describe("rich text", () => {
  it("becomes elements, and markup in it stays text", () => {
    const body: RichText = [
      { type: "heading", level: 1, anchor: "a", children: text("Title") },
      { type: "paragraph", children: text("<img src=x onerror=alert(1)>") },
      { type: "list", ordered: true, start: 3, items: [[{ type: "paragraph", children: text("third") }]] },
      { type: "table", head: [text("h")], rows: [[text("c")]], align: ["end"] },
    ];
    const { container } = render(<RichTextView body={body} />);
    expect(container.querySelector("h2#a")?.textContent).toBe("Title");
    expect(container.querySelector("img")).toBeNull();
    expect(container.querySelector("p")?.textContent).toContain("onerror");
    expect(container.querySelector("ol[start='3'] > li")?.textContent).toBe("third");
    expect(container.querySelector("td")?.style.textAlign).toBe("end");
  });

  it("keeps the words of what a newer server has found a form for", () => {
    const later = [
      { type: "spoiler", children: [{ type: "paragraph", children: text("Within 30 days") }, ...text("or so")] },
      { type: "formula", text: "a + b" },
      {
        type: "paragraph",
        children: [
          { type: "underline", children: text("twice") },
          { type: "key", text: "Esc" },
        ],
      },
      { type: "separator" },
    ] as unknown as RichText;
    const { container } = render(<RichTextView body={later} />);
    expect(container.innerHTML).toBe("<p>Within 30 days</p>or soa + b<p>twiceEsc</p>");
  });

  it("lets the keyboard reach whatever scrolls", () => {
    const body: RichText = [
      { type: "code", text: "a long line" },
      { type: "table", head: [text("h")], rows: [[text("c")]] },
    ];
    const { container } = render(<RichTextView body={body} />);
    expect([...container.querySelectorAll("[tabindex='0']")].map(({ tagName }) => tagName)).toEqual(["PRE", "DIV"]);
  });

  it("never links to a script", () => {
    const body: RichText = [
      { type: "paragraph", children: [{ type: "link", href: "javascript:alert(1)", children: text("press") }] },
    ];
    const { container } = render(<RichTextView body={body} />);
    expect(container.querySelector("a")).toBeNull();
    expect(container.textContent).toBe("press");
  });

  it("lets the reader follow a link to another article", () => {
    const follow = vi.fn(() => true);
    const body: RichText = [
      { type: "paragraph", children: [{ type: "link", href: "https://x.test/a", article: "id", children: text("a") }] },
    ];
    const { container } = render(<RichTextView body={body} follow={follow} />);
    container.querySelector("a")?.click();
    expect(follow).toHaveBeenCalledWith("id");
  });
});
