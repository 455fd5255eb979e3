import { fireEvent, screen, waitFor } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { createFakeKnowledge, type FakeKnowledge } from "../../fake-knowledge.ts";

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

  it("is read from the first to the last, and what was read is ticked", async () => {
    await knowledge.open("/console/collections/c1");
    fireEvent.click(await screen.findByText("Returns"));
    fireEvent.click(await screen.findByRole("button", { name: "Read, next" }));
    await screen.findByText("1 of 3 read");
    await screen.findByRole("heading", { name: "Refunds" });
  });
});
