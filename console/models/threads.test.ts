import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { Reply } from "../../protocol/command.ts";
import { CONVERSATION, conversation, createFakeLine, hello, posted, settled } from "../fake-line.ts";
import type { Router } from "./router.ts";
import { createThreads } from "./threads.ts";

it("D10 opens a conversation that went with the log as soon as its visitor has brought it back", async () => {
  const line = createFakeLine();
  const route = signal({ page: "inbox", conversation: CONVERSATION });
  let there: Reply = { ok: false, fault: { code: "not-found", message: "", retry: "never" } };
  line.answer = ({ type }) => (type === "open" ? there : { ok: true });
  const threads = createThreads(line.link, { route } as unknown as Router);
  line.tell("hello", hello());
  await settled();
  const thread = threads.current.value;
  expect(thread?.state.value).toBe("missing");
  const row = conversation({ head: { talk: 1, desk: 0 } });
  there = { ok: true, conversation: row, events: [posted(1, "Back again")] };
  line.tell("pulse", { type: "row", row });
  await settled();
  expect(thread?.state.value).toBe("open");
  expect(thread?.log.value.talk).toHaveLength(1);
  threads.dispose();
});
