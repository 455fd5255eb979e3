import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { fault } from "../../../protocol/faults.ts";
import { AT, bodyField, createFakeKnowledge, EN, type FakeKnowledge, write } from "../../fake-knowledge.ts";
import { SITE, TOMAS } from "../../fake-line.ts";

const CARD = { id: "f1", name: "board.png", type: "image/png", size: 3, url: "https://desk.test/files/f1/s" };

let knowledge: FakeKnowledge;
beforeEach(() => {
  knowledge = createFakeKnowledge();
});

describe("the editor", () => {
  it("says that what is typed is saved as a draft, and for whom a save is", async () => {
    await knowledge.open("/console/knowledge/a1");
    write(await bodyField(), "Within 10 days.");
    await screen.findByText(/Saved as a draft/, {}, { timeout: 3_000 });
    expect(knowledge.asked.some((call) => call.startsWith("PUT /drafts/a1") && call.includes("Within 10 days."))).toBe(
      true,
    );
    expect(screen.getByText("Unpublished edits")).toBeTruthy();
  });

  it("tells of a colleague who edits as well", async () => {
    knowledge.server["GET /drafts/a1"] = { others: [{ agent: TOMAS, at: AT }], article: { updatedAt: AT } };
    await knowledge.open("/console/knowledge/a1");
    await screen.findByText(/Tomás Reyes has begun to edit this as well/);
  });

  it("puts back what was not saved, and lets it be thrown away and had back", async () => {
    const text = { ...EN, body: "Within 9 days.", category: "", pages: "", questions: "" };
    knowledge.server["GET /drafts/a1"] = { draft: { text, at: AT, base: AT }, others: [], article: { updatedAt: AT } };
    await knowledge.open("/console/knowledge/a1");
    const field = await bodyField();
    await waitFor(() => expect(field.value).toBe("Within 9 days."));
    fireEvent.click(within(await screen.findByText(/were put back/)).getByRole("button", { name: "Discard" }));
    await waitFor(() => expect(field.value).toBe("Within 14 days."));
    fireEvent.click(screen.getByRole("button", { name: "Restore" }));
    await waitFor(() => expect(field.value).toBe("Within 9 days."));
  });

  it("publishes nothing over a colleague's text before one of the two was chosen", async () => {
    const text = { ...EN, body: "Within 9 days.", category: "", pages: "", questions: "" };
    const by = { id: TOMAS.id, name: TOMAS.name };
    knowledge.server["GET /drafts/a1"] = {
      draft: { text, at: AT, base: "2026-02-01T00:00:00.000Z" },
      others: [],
      article: { updatedAt: AT, by },
    };
    await knowledge.open("/console/knowledge/a1");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toMatch(/Tomás Reyes saved this article after you began/);
    const publish = screen.getByRole("button", { name: "Publish changes" }) as HTMLButtonElement;
    expect(publish.disabled).toBe(true);
    const differences = screen.getByRole("region", { name: "Differences" });
    expect(differences.querySelector("del")?.textContent).toBe("14");
    expect(differences.querySelector("ins")?.textContent).toBe("9");
    fireEvent.click(within(alert).getByRole("button", { name: "Keep mine" }));
    await waitFor(() => expect(publish.disabled).toBe(false));
    expect((await bodyField()).value).toBe("Within 9 days.");
  });

  it("shows a translator what changed of the original, and ticks it off where nothing is to be done", async () => {
    await knowledge.open("/console/knowledge/a2");
    const changed = await screen.findByRole("region", { name: "What changed" });
    expect([changed.querySelector("del")?.textContent, changed.querySelector("ins")?.textContent]).toEqual([
      "30",
      "14",
    ]);
    fireEvent.click(within(changed).getByRole("button", { name: "Nothing to change here" }));
    await waitFor(() => expect(knowledge.asked).toContain("POST /api/articles/a2/checked {}"));
    await screen.findByText("Marked as up to date.");
  });
});

describe("a link to another article", () => {
  const link = (href: string, article: string, text: string) => ({
    type: "link",
    href,
    article,
    children: [{ type: "text", text }],
  });
  const children = [link("https://desk.test/help/refunds", "a3", "Refunds"), link("#", "a4", "Team rules")];
  const leads = async () => {
    const links = await Promise.all(["Refunds", "Team rules"].map((name) => screen.findByRole("link", { name })));
    return links.map((one) => [new URL((one as HTMLAnchorElement).href).pathname, one.getAttribute("target")]);
  };
  const inTheConsole = [
    ["/console/knowledge/a3", "_blank"],
    ["/console/knowledge/a4", "_blank"],
  ];
  beforeEach(() => {
    knowledge.server["POST /api/preview"] = { body: [{ type: "paragraph", children }] };
  });

  it("leads to it in the console from what is being written, and the text stays open", async () => {
    await knowledge.open("/console/knowledge/a1");
    expect(await leads()).toEqual(inTheConsole);
    expect(knowledge.previewed).toContainEqual({ body: "Within 14 days.", locale: "en", article: "a1" });
  });

  it("is followed from the site and language of an article that is begun", async () => {
    await knowledge.open("/console/knowledge/new");
    write(await bodyField(), "See [it](refunds).");
    const place = { locale: SITE.locales[0], site: SITE.id };
    await waitFor(() => expect(knowledge.previewed).toContainEqual({ body: "See [it](refunds).", ...place }));
  });

  it("leads there from the original that a translator reads, and from what the article said before", async () => {
    knowledge.server["GET /api/articles/a2/revisions"] = { items: [{ id: "r1", title: "退货", at: AT }] };
    knowledge.server["GET /api/revisions/r1"] = { id: "r1", title: "退货", at: AT, body: "15 天内。" };
    const app = await knowledge.open("/console/knowledge/a2");
    await waitFor(() => expect(knowledge.previewed).toContainEqual({ body: "Within 14 days.", article: "a1" }));
    await app.revisions.look("r1");
    expect(knowledge.previewed).toContainEqual({ body: "15 天内。", article: "a2" });
    expect(await leads()).toEqual(inTheConsole);
  });

  it("leads there from a course", async () => {
    await knowledge.open("/console/collections/c1");
    fireEvent.click(await screen.findByText("Returns"));
    expect(await leads()).toEqual(inTheConsole);
    expect(knowledge.previewed).toEqual([{ body: "Within 14 days.", article: "a1" }]);
  });
});

describe("pictures", () => {
  const picture = new File(["png"], "board-front.png", { type: "image/png" });
  const paste = (field: HTMLElement, files: File[], words = "") => {
    const clipboardData = { getData: (type: string) => (type === "text/plain" ? words : ""), files };
    fireEvent.paste(field, { clipboardData });
  };

  it("that are pasted stand where they were put, whatever is written meanwhile", async () => {
    const gate = Promise.withResolvers<void>();
    const app = await knowledge.open("/console/knowledge/a1", async () => {
      await gate.promise;
      return { ok: true, value: { file: CARD } };
    });
    const field = await bodyField();
    field.focus();
    field.setSelectionRange(0, 0);
    paste(field, [picture]);
    expect(field.value).toMatch(/^!\[Uploading board-front\.png, 1…\]\(\)Within/);
    write(field, `${field.value} Or ask us.`);
    gate.resolve();
    const markdown = `![board front](${CARD.url})Within 14 days. Or ask us.`;
    await waitFor(() => expect(field.value).toBe(markdown));
    expect(app.editor.text.value.body).toBe(markdown);
  });

  it("that cannot be uploaded leave nothing behind, and it is said why", async () => {
    await knowledge.open("/console/knowledge/a1", async () => ({
      ok: false,
      fault: fault("too-large", "At most 10 MB"),
    }));
    const field = await bodyField();
    field.focus();
    field.setSelectionRange(0, 0);
    paste(field, [picture]);
    await waitFor(() => expect(field.value).toBe("Within 14 days."));
    await screen.findByText(/It is too large/);
  });

  it("that come along with copied words are left out: the words are meant", async () => {
    let uploads = 0;
    await knowledge.open("/console/knowledge/a1", async () => {
      uploads += 1;
      return { ok: true, value: { file: CARD } };
    });
    paste(await bodyField(), [picture], "Words from a document");
    expect(uploads).toBe(0);
  });
});
