import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { AT, createFakeKnowledge, EN, type FakeKnowledge, write, ZH } from "../../fake-knowledge.ts";

let knowledge: FakeKnowledge;
beforeEach(() => {
  knowledge = createFakeKnowledge();
});

describe("the list of articles", () => {
  it("counts its shelves, marks translations that are behind, and edits that are not published", async () => {
    await knowledge.open("/console/knowledge");
    const shelves = await screen.findByRole("navigation", { name: "Status" });
    await within(shelves).findByRole("button", { name: /All\s*1/ });
    const row = (await screen.findByRole("link", { name: "Returns" })).closest("tr") as HTMLElement;
    await within(row).findByText("Unpublished edits");
    await within(row).findByRole("link", { name: /中文.*behind/ });
    fireEvent.click(within(shelves).getByRole("button", { name: /Translation behind\s*1/ }));
    await waitFor(() => expect(screen.queryByRole("link", { name: "Returns" })).toBeNull());
    expect(screen.getByRole("link", { name: "退货" })).toBeTruthy();
  });

  it("says by one name who may read an article: on its shelf, in its row, where it is looked for and in its field", async () => {
    const inside = { ...EN, visibility: "internal" };
    knowledge.server["GET /articles"] = { items: [inside] };
    knowledge.server["GET /api/articles/a1"] = inside;
    knowledge.server["GET /suggest"] = { items: [{ ...inside, id: "a9" }] };
    const app = await knowledge.open("/console/knowledge");
    const row = (await screen.findByRole("link", { name: "Returns" })).closest("tr") as HTMLElement;
    within(row).getByText("Team only");
    within(screen.getByRole("navigation", { name: "Status" })).getByRole("button", { name: /Team only/ });
    app.router.go({ page: "collections", collection: "c1" });
    fireEvent.click(await screen.findByRole("button", { name: "Add an article" }));
    write(screen.getByRole("searchbox"), "Returns");
    await within(document.querySelector("search") as HTMLElement).findByText("Team only");
    app.router.go({ page: "knowledge", article: "a1" });
    const field = await screen.findByRole("radio", { name: "Team only" });
    expect((field as HTMLInputElement).checked).toBe(true);
    expect(document.body.textContent).not.toContain("Internal");
  });

  it("has one row for all translations of an article, with what they do together", async () => {
    const third = { ...ZH, id: "a3", title: "退貨", locale: "zh-Hant" };
    knowledge.server["GET /articles/behind"] = { items: [ZH, third] };
    knowledge.server["GET /articles/figures"] = {
      items: [{ article: "a1", heat: 1, verdicts: 6 }],
      groups: [{ group: "g1", heat: 0.8, verdicts: 12, answered: { share: 0.75, low: 0.47, high: 0.91 } }],
    };
    knowledge.server["GET /drafts"] = { items: [{ article: "a2", at: AT }] };
    await knowledge.open("/console/knowledge");
    const row = (await screen.findByRole("link", { name: "Returns" })).closest("tr") as HTMLElement;
    await within(row).findByText("75%");
    await within(row).findByText("n 12");
    await within(row).findByText("80");
    await within(row).findByText("Unpublished edits");
    expect(document.querySelectorAll("tbody tr")).toHaveLength(1);
    expect(knowledge.listed.at(-1)).toContain("per=group");
    fireEvent.click(screen.getByRole("button", { name: /Translation behind/ }));
    await screen.findByRole("link", { name: "退货" });
    expect(document.querySelectorAll("tbody tr")).toHaveLength(1);
  });
});

describe("a list that does not come", () => {
  it("says why in the reader's language, and comes when it is asked for again", async () => {
    const app = await knowledge.open("/console/knowledge");
    await screen.findByRole("link", { name: "Returns" });
    app.preferences.tongue.value = "zh-Hans";
    await screen.findByRole("heading", { name: "知识库" });
    knowledge.down.value = true;
    fireEvent.click(screen.getByRole("button", { name: /^草稿/ }));
    const said = await screen.findByText(/服务器没有响应/);
    expect(screen.queryByRole("link", { name: "Returns" })).toBeNull();
    expect(said.textContent).not.toMatch(/[a-z]{3}/);
    knowledge.down.value = false;
    fireEvent.click(within(said.parentElement as HTMLElement).getByRole("button", { name: "重试" }));
    await screen.findByRole("link", { name: "Returns" });
  });
});

describe("what articles solve by themselves", () => {
  const share = (count: number) => ({ count, share: count / 20, low: 0.1, high: 0.9 });

  it("is what readers said, with who left without a word apart", async () => {
    const row = {
      segment: null,
      n: 20,
      open: 3,
      solved: share(9),
      left: share(6),
      unsolved: share(1),
      asked: share(4),
    };
    knowledge.server["GET /reports/self-service"] = { rows: [row] };
    await knowledge.open("/console/knowledge");
    const panel = await screen.findByRole("region", { name: "Answered by articles, 28 days" });
    const rows = [...panel.querySelectorAll("dt")].map((name) => [
      name.textContent,
      name.nextElementSibling?.querySelector("b")?.textContent,
    ]);
    expect(rows).toEqual([
      ["Readers said: solved", "45%"],
      ["Readers said: not solved", "5%"],
      ["Went to a person", "20%"],
      ["Left without a word", "30%"],
    ]);
    within(panel).getByText(/Of 20 questions/);
    within(panel).getByText("3 more are younger than 72 hours.");
  });

  it("is no share while there are too few", async () => {
    knowledge.server["GET /reports/self-service"] = { rows: [{ segment: null, n: 9, open: 0 }] };
    await knowledge.open("/console/knowledge");
    const panel = await screen.findByRole("region", { name: "Answered by articles, 28 days" });
    expect(panel.textContent).toContain("9 questions are settled: too few to say.");
    expect(panel.textContent).not.toMatch(/%/);
  });
});

describe("how an article does", () => {
  it("says how often a search led to it, and how many asked a person after reading it", async () => {
    const uses = { searches: 31, reads: 120, links: 4 };
    knowledge.server["GET /articles/figures"] = { items: [{ article: "a1", heat: 1, verdicts: 0, uses }], groups: [] };
    const asked = { count: 6, share: 0.3, low: 0.15, high: 0.52 };
    knowledge.server["GET /reports/self-service"] = {
      rows: [
        { segment: null, n: 40, open: 0 },
        { segment: "a1", n: 20, open: 0, asked },
      ],
    };
    await knowledge.open("/console/knowledge/a1");
    await screen.findByText("6 of 20 questions for which it was read went to a person, 15% to 52%, in 28 days.");
    const searches = await screen.findByText("Searches that lead here, 14 days");
    expect(searches.nextElementSibling?.textContent).toBe("31");
  });
});
