import { fireEvent, screen, waitFor } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { createFakeKnowledge, type FakeKnowledge, write } from "../../fake-knowledge.ts";

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

    knowledge.server["POST /collections"] = { id: "c2", name: "First steps", visibility: "internal", articles: [] };
    fireEvent.submit((await field()).form as HTMLFormElement);
    await screen.findByRole("heading", { name: "First steps" });
    expect(app.router.route.value).toEqual({ page: "collections", collection: "c2" });
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Add an article" }));
    expect(knowledge.asked.at(-1)).toBe(
      'POST /collections {"name":"First steps","visibility":"internal","articles":[]}',
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
});
