import { screen } from "@testing-library/preact";
import { expect, it } from "vitest";
import { openConsole } from "../fake-console.tsx";
import { CONVERSATION, conversation, createFakeLine, MARA, posted } from "../fake-line.ts";

const AT = new Date(2026, 2, 1, 16, 5).toISOString();

it.each([
  [["en-GB", "en"], "en-GB", /16:05/],
  [["de-DE", "en-IE"], "en-IE", /16:05/],
  [["en-US"], "en-US", /4:05.PM/],
  [["en"], "en", /4:05.PM/],
  [["zh-CN", "en-US"], "zh-Hans", /16:05/],
])("A console writes times as its reader's country does: %s", async (languages, lang, written) => {
  const line = createFakeLine();
  const row = conversation({ head: { talk: 1, desk: 0 }, openedAt: AT });
  line.answer = (command) => {
    if (command.type === "open") return { ok: true, conversation: row, events: [posted(1, "Hello", { at: AT })] };
    return command.type === "inbox" ? { ok: true, rows: [row] } : { ok: true };
  };
  const http = async () => ({ ok: true, value: { items: [], agent: MARA } as never }) as const;
  await openConsole({ path: `/console/inbox/open/${CONVERSATION}`, line, http, languages });
  await screen.findAllByText(written);
  expect(document.documentElement.lang).toBe(lang);
});
