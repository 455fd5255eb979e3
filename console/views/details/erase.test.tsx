import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { expect, it } from "vitest";
import { fault } from "../../../protocol/faults.ts";
import type { Role } from "../../../protocol/people.ts";
import { openConsole } from "../../fake-console.tsx";
import { CONVERSATION, conversation, createFakeLine, MARA, posted } from "../../fake-line.ts";
import type { Answer, Http } from "../../ports.ts";

const row = conversation({ head: { talk: 1, desk: 0 } });

/** Opens the conversation; what is erased is answered with `erase` and remembered. */
async function open(role: Role, erase: Answer<unknown> = { ok: true, value: {} }) {
  const erased: string[] = [];
  const http: Http = async (method, path) => {
    if (method === "DELETE") {
      erased.push(path);
      return erase as never;
    }
    if (path === "/api/session") return { ok: true, value: { agent: { ...MARA, email: "m@l.test", role } } as never };
    return { ok: true, value: { items: [] } as never };
  };
  const line = createFakeLine();
  line.answer = (command) => {
    if (command.type === "inbox") return { ok: true, rows: [row] };
    if (command.type === "open") return { ok: true, conversation: row, events: [posted(1, "Hello")] };
    return { ok: true };
  };
  await openConsole({ path: `/console/inbox/all/${CONVERSATION}`, line, http, ...(role && { role }) });
  await screen.findByText("Hello");
  return erased;
}

const button = () => screen.findByRole("button", { name: "Erase this visitor" });

it("a visitor is erased only after it was said what goes", async () => {
  const erased = await open("owner");
  fireEvent.click(await button());
  const group = await screen.findByRole("group", { name: "Erase this visitor" });
  within(group).getByText(/Every message, note and file/);
  expect(erased).toEqual([]);
  fireEvent.click(within(group).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("group", { name: "Erase this visitor" })).toBeNull());
  expect(erased).toEqual([]);

  fireEvent.click(await button());
  fireEvent.click(await screen.findByRole("button", { name: "Erase for good" }));
  await screen.findByText("Erased. Nothing of what was written is left.");
  expect(erased).toEqual([`/api/visitors/${row.visitor?.id}`]);
  expect(screen.queryByRole("group", { name: "Erase this visitor" })).toBeNull();
});

it("an erasure that was refused says why and stays open", async () => {
  await open("admin", { ok: false, fault: fault("forbidden", "Only owners and admins") });
  fireEvent.click(await button());
  fireEvent.click(await screen.findByRole("button", { name: "Erase for good" }));
  expect((await screen.findByRole("alert")).textContent).toMatch(/Your role does not allow it/);
});

it("agents are not offered what they may not do", async () => {
  await open("agent");
  await screen.findByRole("complementary", { name: "Visitor details" });
  expect(screen.queryByRole("button", { name: "Erase this visitor" })).toBeNull();
});
