import { expect, it } from "vitest";
import type { ConversationId } from "../../protocol/ids.ts";
import { openConsole } from "../fake-console.tsx";
import { CONVERSATION, conversation, createFakeLine, MARA, settled } from "../fake-line.ts";

const OTHER = CONVERSATION.replace(/1$/, "9") as ConversationId;

it("Who goes on in another conversation has stopped typing in the first, and is typing there at once", async () => {
  const line = createFakeLine();
  line.answer = (command) => {
    if (command.type === "inbox") return { ok: true, rows: [] };
    if (command.type === "open")
      return { ok: true, conversation: conversation({ id: command.conversation }), events: [] };
    return { ok: true };
  };
  const http = async () => ({ ok: true, value: { items: [], agent: MARA } as never }) as const;
  const { app } = await openConsole({ path: `/console/inbox/waiting/${CONVERSATION}`, line, http });
  app.composer.write("Hello", 5);
  app.router.go({ page: "inbox", view: "waiting", conversation: OTHER });
  await settled();
  app.composer.write("Hi", 2);
  expect(line.pulsed).toEqual([
    { type: "typing", conversation: CONVERSATION, on: true },
    { type: "typing", conversation: CONVERSATION, on: false },
    { type: "typing", conversation: OTHER, on: true },
  ]);
});
