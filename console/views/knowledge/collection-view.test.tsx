import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { createFakeKnowledge, type FakeKnowledge, write } from "../../fake-knowledge.ts";
import { SITE } from "../../fake-line.ts";

let knowledge: FakeKnowledge;
beforeEach(() => {
  knowledge = createFakeKnowledge();
});

describe("a collection", () => {
  it("is arranged with the arrow keys, and tells where an article went", async () => {
    await knowledge.open("/console/collections/c1");
    const grip = await screen.findByRole("button", { name: "Move “Returns”" });
    fireEvent.keyDown(grip, { key: "ArrowDown" });
    await screen.findByText("Now 2 of 3");
    await waitFor(() => expect(knowledge.asked.at(-1)).toContain('"articles":["a3","a1","a2"]'));
    const titles = () => [...document.querySelectorAll(".course-text")].map(({ textContent }) => textContent);
    expect(titles()).toEqual(["Refunds", "Returns", "退货"]);
  });

  it("is stored once it has a name, which stays through a refusal and another page", async () => {
    const app = await knowledge.open("/console/collections");
    fireEvent.click(await screen.findByRole("link", { name: "New collection" }));
    const field = () => screen.findByRole<HTMLInputElement>("textbox", { name: "Name of the collection" });
    expect(document.activeElement).toBe(await field());
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Create collection" }).disabled).toBe(true);
    write(await field(), "First steps");
    expect(knowledge.asked).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Create collection" }));
    await screen.findByText(/That did not work/);
    app.router.go({ page: "inbox", view: "waiting" });
    app.router.go({ page: "collections", collection: "new" });
    expect((await field()).value).toBe("First steps");

    const made = { id: "c2", name: "First steps", locale: "en", names: {} };
    knowledge.server["POST /collections"] = { ...made, visibility: "internal", articles: [] };
    fireEvent.submit((await field()).form as HTMLFormElement);
    await screen.findByRole("heading", { name: "First steps" });
    expect(app.router.route.value).toEqual({ page: "collections", collection: "c2" });
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Add an article" }));
    expect(knowledge.asked.at(-1)).toMatch(
      /^POST \/collections \{"id":"[^"]+","name":"First steps","visibility":"internal","articles":\[\]\}$/,
    );
    app.router.go({ page: "collections", collection: "new" });
    await screen.findByRole("heading", { name: "New collection" });
    expect((await field()).value).toBe("");
  });

  it("is read from the first to the last, and what was read is ticked", async () => {
    await knowledge.open("/console/collections/c1");
    fireEvent.click(await screen.findByText("Returns"));
    fireEvent.click(await screen.findByRole("button", { name: "Read, next" }));
    await screen.findByText("1 of 3 read");
    await screen.findByRole("heading", { name: "Refunds" });
  });

  it("of a site in several languages is named in each, with a mark where a name is missing and what is shown there", async () => {
    const app = await knowledge.open("/console/collections/c1");
    const alone = await screen.findByRole("textbox", { name: "Name of the collection" });
    expect(alone).toHaveProperty("value", "First week");
    app.session.siteChanged({ ...SITE, locales: ["en", "zh-Hans"] } as never);
    const names = within(await screen.findByRole("group", { name: "Name of the collection" }));
    const field = (name: string) => names.getByRole<HTMLInputElement>("textbox", { name });
    expect([field("English").value, field("English").lang]).toEqual(["First week", "en"]);
    const chinese = field("简体中文 missing");
    expect([chinese.value, chinese.lang, chinese.placeholder]).toEqual(["", "zh-Hans", "First week"]);
    names.getByText(/readers see another language/);
    write(chinese, "第一周");
    await waitFor(() => expect(knowledge.asked.at(-1)).toContain('"locale":"en","names":{"zh-Hans":"第一周"}'));
    expect(field("简体中文")).toBe(chinese);
    expect(names.queryByText(/readers see another language/)).toBeNull();
  });

  it("is called by its name in the agent's language, whichever its own is", async () => {
    const all = knowledge.server["GET /collections"] as { items: object[] };
    all.items = all.items.map((one) => ({ ...one, name: "第一周", locale: "zh-Hans", names: { en: "First week" } }));
    const app = await knowledge.open("/console/collections/c1");
    await screen.findByRole("heading", { name: "First week" });
    app.router.go({ page: "collections" });
    await screen.findByRole("link", { name: /First week/ });
  });
});
