import { fireEvent, screen, waitFor } from "@testing-library/preact";
import { expect, it } from "vitest";
import type { ConversationId, SiteId } from "../../protocol/ids.ts";
import type { SiteCard } from "../../protocol/people.ts";
import { openConsole } from "../fake-console.tsx";
import { CONVERSATION, conversation, createFakeLine, hello, MARA, posted, SITE, settled } from "../fake-line.ts";
import type { Http } from "../ports.ts";

/* One agent, two sites. */

const OTHER: SiteCard = { ...SITE, id: "01976d80-0000-7000-8000-000000000022" as SiteId, name: "Stillwater" };
const THERE = "01976d80-0000-7000-8000-000000000021" as ConversationId;

async function open(conversationId: ConversationId) {
  const asked: string[] = [];
  const http: Http = async (_, path) => {
    asked.push(path);
    const value = path === "/api/session" ? { agent: { ...MARA, email: "", role: "agent" } } : { items: [] };
    return { ok: true, value: value as never };
  };
  const line = createFakeLine();
  const row = conversation({ head: { talk: 1, desk: 0 }, subject: "Charged twice" });
  const other = { ...row, id: THERE, site: OTHER.id };
  line.answer = (command) => {
    if (command.type === "inbox") return { ok: true, rows: command.site === SITE.id ? [row] : [other] };
    if (command.type !== "open") return { ok: true };
    const conversation = command.conversation === THERE ? other : row;
    return { ok: true, conversation, events: [posted(1, "I was charged twice", { conversation: conversation.id })] };
  };
  const opened = await openConsole({ path: `/console/inbox/open/${conversationId}`, line, http });
  line.tell("hello", { ...hello(), sites: [SITE, OTHER] });
  await screen.findByText("I was charged twice");
  await settled();
  return { ...opened, asked };
}

it("a conversation brings its site along: another site's articles are not offered in it", async () => {
  const { app, asked } = await open(THERE);
  expect(app.session.site.value?.id).toBe(OTHER.id);
  expect(app.inbox.rows.value.map(({ id }) => id)).toEqual([THERE]);
  const field = screen.getByRole("textbox", { name: "Send to Priya" }) as HTMLTextAreaElement;
  field.value = "#move";
  field.setSelectionRange(5, 5);
  fireEvent.input(field);
  await waitFor(() => expect(asked.some((path) => path.includes("/suggest"))).toBe(true));
  expect(asked.filter((path) => path.includes("/suggest"))).toEqual([`/api/sites/${OTHER.id}/suggest?q=move`]);
});

it("whoever changes the site leaves the conversation of the one before", async () => {
  const { app } = await open(CONVERSATION);
  app.overlays.show("me");
  const choice = (await screen.findByLabelText("Switch site")) as HTMLSelectElement;
  choice.value = OTHER.id;
  fireEvent.change(choice);
  await waitFor(() => expect(app.inbox.rows.value.map(({ id }) => id)).toEqual([THERE]));
  expect(app.session.site.value?.id).toBe(OTHER.id);
  expect(app.threads.current.value).toBeUndefined();
});
