import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { AT, bodyField, createFakeKnowledge, EN, type FakeKnowledge, write } from "../../fake-knowledge.ts";

const EARLIER = "2026-02-01T09:00:00.000Z";

let knowledge: FakeKnowledge;
beforeEach(() => {
  knowledge = createFakeKnowledge();
});

describe("what is set beside the text", () => {
  it("is published with it: who reads it, its category, address, pages and questions", async () => {
    knowledge.server["PUT /api/articles/a1"] = EN;
    await knowledge.open("/console/knowledge/a1");
    await bodyField();
    fireEvent.click(screen.getByRole("radio", { name: "Team only" }));
    write(screen.getByRole("combobox", { name: "Category" }), "Orders");
    write(screen.getByRole("textbox", { name: /^Address/ }), " bring-it-back ");
    write(screen.getByRole("textbox", { name: /^Pages it belongs to/ }), "/checkout/*\n\n /cart ");
    write(screen.getByRole("textbox", { name: /^Questions it answers/ }), "Can I send it back?");
    fireEvent.click(screen.getByRole("button", { name: "Publish changes" }));
    await waitFor(() => expect(knowledge.asked.some((call) => call.startsWith("PUT /api/articles/a1"))).toBe(true));
    const sent = knowledge.asked.find((call) => call.startsWith("PUT /api/articles/a1")) ?? "";
    expect(JSON.parse(sent.slice(sent.indexOf("{")))).toEqual({
      title: "Returns",
      body: "Within 14 days.",
      state: "published",
      visibility: "internal",
      locale: "en",
      category: "Orders",
      slug: "bring-it-back",
      pages: ["/checkout/*", "/cart"],
      questions: ["Can I send it back?"],
      was: AT,
    });
  });
});

describe("a translator", () => {
  it("has the whole original beside the text, and what the text becomes at hand", async () => {
    knowledge.server["POST /api/preview"] = {
      body: [{ type: "paragraph", children: [{ type: "text", text: "Within 14 days." }] }],
    };
    await knowledge.open("/console/knowledge/a2");
    await screen.findByRole("region", { name: "What changed" });
    fireEvent.click(screen.getByRole("radio", { name: "Original" }));
    const original = await screen.findByRole("region", { name: "Original" });
    await within(original).findByRole("heading", { name: "Returns" });
    await within(original).findByText("Within 14 days.");
    expect(original.querySelector(".editor-preview")?.getAttribute("lang")).toBe("en");
    fireEvent.click(screen.getByRole("radio", { name: "Preview" }));
    await within(await screen.findByRole("region", { name: "Preview" })).findByRole("heading", { name: "退货" });
  });
});

describe("an earlier text", () => {
  beforeEach(() => {
    knowledge.server["GET /api/articles/a1/revisions"] = {
      items: [
        { id: "r2", title: "Returns", at: AT },
        { id: "r1", title: "Sending back", at: EARLIER },
      ],
    };
    knowledge.server["GET /api/revisions/r1"] = { id: "r1", title: "Sending back", at: EARLIER, body: "15 days." };
  });
  async function putBack() {
    const list = await screen.findByRole("region", { name: "Earlier texts" });
    await waitFor(() => expect(within(list).getAllByRole("button")).toHaveLength(2));
    fireEvent.click(within(list).getAllByRole("button")[1] as HTMLElement);
    fireEvent.click(await screen.findByRole("button", { name: "Put back" }));
  }

  it("is put back into the editor, and the article's once it is published", async () => {
    knowledge.server["PUT /api/articles/a1"] = { ...EN, title: "Sending back", body: "15 days." };
    await knowledge.open("/console/knowledge/a1");
    const field = await bodyField();
    await putBack();
    await waitFor(() => expect(field.value).toBe("15 days."));
    expect(knowledge.asked.some((call) => call.startsWith("PUT /api/articles"))).toBe(false);
    fireEvent.click(screen.getByRole("button", { name: "Publish changes" }));
    await waitFor(() => {
      const saved = knowledge.asked.find((call) => call.startsWith("PUT /api/articles/a1")) ?? "";
      expect(saved).toContain('"title":"Sending back"');
      expect(saved).toContain('"body":"15 days."');
    });
  });

  it("does not cost what was just written: that can be had back", async () => {
    await knowledge.open("/console/knowledge/a1");
    const field = await bodyField();
    write(field, "Within 14 days, or ask us.");
    await putBack();
    await waitFor(() => expect(field.value).toBe("15 days."));
    fireEvent.click(await screen.findByRole("button", { name: "Restore" }));
    await waitFor(() => expect(field.value).toBe("Within 14 days, or ask us."));
  });
});

describe("what an article learned", () => {
  const question = (id: string, text: string, weight: number) => ({
    id,
    text,
    weight,
    origin: "conversation",
    createdAt: AT,
  });
  beforeEach(() => {
    knowledge.server["GET /api/articles/a1/questions"] = {
      items: [question("q1", "May I bring it back?", 1), question("q2", "Why is it dark?", -0.5)],
    };
    for (const call of ["PATCH /api/questions/q1", "DELETE /api/questions/q2", "PATCH /api/questions/q2"])
      knowledge.server[call] = {};
  });
  const row = async (text: string) => {
    const found = (await screen.findByText(text)).closest("li");
    if (!found) throw new Error(`No row: ${text}`);
    return within(found);
  };

  it("says what came of each question, and is mended, moved and removed there", async () => {
    knowledge.server["GET /suggest"] = {
      items: [
        { id: "a1", title: "Returns", excerpt: "", visibility: "public", locale: "en" },
        { id: "a9", title: "Dark boards", excerpt: "", visibility: "public", locale: "en" },
      ],
    };
    await knowledge.open("/console/knowledge/a1");
    const first = await row("May I bring it back?");
    first.getByText(/Confirmed · conversation/);
    fireEvent.click(first.getByRole("button", { name: "Edit" }));
    const field = await screen.findByDisplayValue("May I bring it back?");
    write(field, "May I return it?");
    fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(knowledge.asked).toContain('PATCH /api/questions/q1 {"text":"May I return it?"}'));

    const second = await row("Why is it dark?");
    second.getByText(/Did not help/);
    fireEvent.click(second.getByRole("button", { name: "Move" }));
    // Where it stands already is no place to move it to.
    fireEvent.click(await screen.findByRole("button", { name: "Dark boards" }, { timeout: 3_000 }));
    expect(screen.queryByRole("button", { name: "Returns" })).toBeNull();
    await waitFor(() => expect(knowledge.asked).toContain('PATCH /api/questions/q2 {"article":"a9"}'));
    fireEvent.click((await row("Why is it dark?")).getByRole("button", { name: "Cancel" }));
    fireEvent.click((await row("Why is it dark?")).getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(knowledge.asked).toContain("DELETE /api/questions/q2 {}"));
  });
});
