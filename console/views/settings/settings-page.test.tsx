import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import type { Role } from "../../../protocol/people.ts";
import { openConsole } from "../../fake-console.tsx";
import { createFakeLine, MARA, SITE } from "../../fake-line.ts";
import type { Http } from "../../ports.ts";
import type { Site } from "../../resources.ts";

const NOTE = "Only owners and admins change what is here.";

describe("the languages of a site", () => {
  const SHOP = { ...SITE, origins: ["https://shop.example"], locales: ["en", "zh-Hans"] };

  it("are called by their names, looked for by name or tag, and what is none stays and is told so", async () => {
    const saved: unknown[] = [];
    await open("owner", "site", async (method, path, body) => {
      if (method === "PATCH") saved.push((body as Site).locales);
      return { ok: true, value: path.endsWith(SITE.id) ? { ...SHOP, ...(body as object) } : { items: [] } } as never;
    });
    const group = within(await screen.findByRole("group", { name: "Languages" }));
    const names = () => group.getAllByRole("listitem").map((row) => row.firstElementChild?.textContent);
    expect(names()).toEqual(["English", "Simplified Chinese"]);
    const field = group.getByRole<HTMLInputElement>("combobox", { name: "Add a language" });
    const write = (text: string) => fireEvent.input(field, { target: { value: text } });
    write("german");
    fireEvent.keyDown(field, { key: "Enter" });
    expect([names(), field.value]).toEqual([["English", "Simplified Chinese", "German"], ""]);
    write("Klingonese");
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await group.findByText(/There is no language “Klingonese”/);
    expect([field.value, field.getAttribute("aria-invalid"), saved]).toEqual(["Klingonese", "true", []]);
    // What is written and not added yet is meant all the same.
    write("pt-br");
    fireEvent.click(group.getByRole("button", { name: "Move German up" }));
    fireEvent.click(group.getByRole("button", { name: "Remove Simplified Chinese" }));
    fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(saved).toEqual([["en", "de", "pt-BR"]]));
    expect(names()).toEqual(["English", "German", "Brazilian Portuguese"]);
  });
});

async function open(role: Role, section: string, answer?: Http) {
  const session = { agent: { ...MARA, email: "m@l.test", role } };
  const http: Http = async (method, path, body) => {
    if (path === "/api/session") return { ok: true, value: session } as never;
    return answer ? answer(method, path, body) : ({ ok: true, value: { items: [] } } as never);
  };
  const line = createFakeLine();
  line.answer = (command) => (command.type === "inbox" ? { ok: true, rows: [] } : { ok: true });
  await openConsole({ path: `/console/settings/${section}`, line, http, role });
  await screen.findAllByRole("heading", { level: 1 });
}

describe("settings that an agent may only look at", () => {
  it("say so before the agent fills anything in", async () => {
    await open("agent", "hours");
    expect(screen.getByText(NOTE)).toBeTruthy();
  });

  it.each([
    ["admin", "hours"],
    ["agent", "replies"],
    ["agent", "profile"],
  ] as const)("say nothing to an %s under %s", async (role, section) => {
    await open(role, section);
    expect(screen.queryByText(NOTE)).toBeNull();
  });
});
