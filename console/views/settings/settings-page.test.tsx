import { screen } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import type { Role } from "../../../protocol/people.ts";
import { openConsole } from "../../fake-console.tsx";
import { createFakeLine, MARA } from "../../fake-line.ts";
import type { Http } from "../../ports.ts";

const NOTE = "Only owners and admins change what is here.";

async function open(role: Role, section: string) {
  const session = { agent: { ...MARA, email: "m@l.test", role } };
  const http: Http = async (_, path) =>
    ({ ok: true, value: path === "/api/session" ? session : { items: [] } }) as never;
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
