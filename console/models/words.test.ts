import { describe, expect, it } from "vitest";
import { fillBlanks, openBlanks } from "./blanks.ts";
import { marked } from "./markdown-marks.ts";
import { plainText } from "./plain-text.ts";
import { pathOf, routeOf } from "./routes.ts";
import { snoozeUntil } from "./snoozes.ts";

describe("blanks", () => {
  it("are filled where the name is known and flagged where it is not", () => {
    const text = fillBlanks("Hi {first name}, {agent} here about {order}. {not\nthis}", {
      visitor: "Priya Raman",
      agent: "Mara Lindqvist",
    });
    expect(text).toBe("Hi Priya, Mara here about {order}. {not\nthis}");
    expect(openBlanks(text)).toEqual(["{order}"]);
    expect(fillBlanks("{name}", {})).toBe("{name}");
  });
});

describe("Markdown's marks", () => {
  it("go around a selection and away again", () => {
    const bold = marked("bold", "a word", 2, 6);
    expect(bold).toEqual({ text: "a **word**", from: 4, to: 8 });
    expect(marked("bold", bold.text, bold.from, bold.to).text).toBe("a word");
  });

  it("go before every line, and replace one another", () => {
    expect(marked("steps", "a\n- b", 0, 5).text).toBe("1. a\n2. b");
    expect(marked("tip", "a", 0, 1).text).toBe("> [!TIP]\n> a");
    expect(marked("heading", "x\na", 2, 3).text).toBe("x\n## a");
  });
});

describe("an article as a message", () => {
  it("is its words", () => {
    const text = (words: string) => [{ type: "text" as const, text: words }];
    expect(
      plainText([
        { type: "heading", level: 2, children: text("One guest") },
        { type: "list", ordered: true, items: [[{ type: "paragraph", children: text("Open it") }]] },
        { type: "paragraph", children: [{ type: "link", href: "https://a.test/", children: text("More") }] },
      ]),
    ).toBe("One guest\n\n1. Open it\n\nMore (https://a.test/)");
  });

  it("keeps the words of what a newer server has found a form for", () => {
    const text = (words: string) => [{ type: "text" as const, text: words }];
    const later = [
      { type: "spoiler", children: [{ type: "paragraph", children: text("Within 30 days") }] },
      { type: "paragraph", children: [...text("Press "), { type: "key", text: "Esc" }] },
      { type: "paragraph", children: [{ type: "underline", children: [...text("not "), ...text("once")] }] },
      { type: "separator" },
    ] as unknown as Parameters<typeof plainText>[0];
    expect(plainText(later)).toBe("Within 30 days\n\nPress Esc\n\nnot once");
  });
});

describe("addresses", () => {
  it.each([
    "/console/inbox/mine/01976d80-0000-7000-8000-000000000001",
    "/console/knowledge/new",
    "/console/settings/people",
    "/console/setup?token=su_a",
  ])("%s leads back to itself", (path) => {
    const url = new URL(path, "https://desk.test");
    expect(pathOf(routeOf(url.pathname, url.search))).toBe(path);
  });

  it("lead to the inbox when they lead nowhere", () => {
    expect(routeOf("/console/nowhere")).toEqual({ page: "inbox", view: "waiting" });
    expect(routeOf("/console/invitation/iv_1")).toEqual({ page: "invitation", token: "iv_1" });
  });
});

describe("snoozes", () => {
  it("end in the morning, and on Monday never today", () => {
    const monday = new Date(2026, 2, 2, 15, 30);
    expect(snoozeUntil("tomorrow", monday)).toEqual(new Date(2026, 2, 3, 9));
    expect(snoozeUntil("monday", monday)).toEqual(new Date(2026, 2, 9, 9));
  });
});
