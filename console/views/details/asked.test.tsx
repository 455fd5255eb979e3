import { screen, waitFor } from "@testing-library/preact";
import { expect, it } from "vitest";
import { fault } from "../../../protocol/faults.ts";
import { openConsole } from "../../fake-console.tsx";
import { CONVERSATION, conversation, createFakeLine, MARA, posted } from "../../fake-line.ts";
import type { Http } from "../../ports.ts";

const TITLES: Record<string, string> = { a1: "Returns", a2: "Refunds", a3: "Shipping" };

it("of what was shown before a message it is told what was read, and what was read besides", async () => {
  const row = conversation({ head: { talk: 1, desk: 0 } });
  const http: Http = async (_method, path) => {
    if (path === "/api/session")
      return { ok: true, value: { agent: { ...MARA, email: "m@l.test", role: "agent" } } as never };
    const title = TITLES[path.replace("/api/articles/", "")];
    if (path.startsWith("/api/articles/") && !title) return { ok: false, fault: fault("not-found", path) };
    return { ok: true, value: (title ? { title } : { items: [] }) as never };
  };
  const line = createFakeLine();
  const asked = { q: "send it back", shown: ["a1", "a2"], read: ["a2", "a3"] } as never;
  line.answer = (command) => {
    if (command.type === "inbox") return { ok: true, rows: [row] };
    if (command.type === "open") return { ok: true, conversation: row, events: [posted(1, "Hello", { asked })] };
    return { ok: true };
  };
  await openConsole({ path: `/console/inbox/all/${CONVERSATION}`, line, http });
  const title = await screen.findByText("Before writing");
  const rows = () => Array.from(title.nextElementSibling?.querySelectorAll("li") ?? [], (one) => one.textContent);
  await waitFor(() => expect(rows().slice(1)).toEqual(["Returns", "Refundsread", "Shippingread"]));
});
