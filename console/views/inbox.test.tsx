import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { AgentCommand, Reply } from "../../protocol/command.ts";
import type { Fault } from "../../protocol/fault.ts";
import { fault } from "../../protocol/faults.ts";
import { openConsole } from "../fake-console.tsx";
import { byAgent, CONVERSATION, conversation, createFakeLine, MARA, posted, SITE, TOMAS } from "../fake-line.ts";
import type { Http } from "../ports.ts";
import { createMemoryShelf } from "../shelf.ts";

const PATH = `/console/inbox/waiting/${CONVERSATION}`;
const ARTICLE = {
  id: "01976d80-0000-7000-8000-000000000777",
  title: "Move a booking",
  excerpt: "Any that has not started",
  url: "https://help.test/move",
  visibility: "public",
  score: 0.9,
  locale: "en",
};
const row = conversation({
  head: { talk: 1, desk: 0 },
  subject: "Charged twice",
  waitingSince: "2026-03-01T10:01:00.000Z",
});

const http: Http = async (method, path) => {
  const value = (body: unknown) => ({ ok: true, value: body as never }) as const;
  if (path === "/api/session" && method === "GET")
    return value({ agent: { ...MARA, email: "m@l.test", role: "owner" } });
  if (path.includes("/suggest")) return value({ items: [ARTICLE] });
  if (path.includes("/replies")) return value({ items: [{ id: "r", name: "hello", text: "Hi {first name}, {when}" }] });
  if (path.includes("/conversations")) return value({ items: [] });
  return { ok: false, fault: fault("not-found", path) };
};

async function open(shelf = createMemoryShelf()) {
  const line = createFakeLine();
  let seq = 1;
  line.answer = (command: AgentCommand): Reply | undefined => {
    if (command.type === "inbox") return { ok: true, rows: [row] };
    if (command.type === "open") return { ok: true, conversation: row, events: [posted(1, "I was charged twice")] };
    if (command.type === "post") {
      seq += 1;
      return { ok: true, event: posted(seq, command.text, { id: command.id, ...byAgent(MARA) }) };
    }
    return command.type === "leave" || command.type === "read" ? { ok: true } : undefined;
  };
  const opened = await openConsole({ path: PATH, line, http, shelf });
  await screen.findByText("I was charged twice");
  return { ...opened, line, field: screen.getByRole("textbox", { name: "Send to Priya" }) as HTMLTextAreaElement };
}

/** Uploads that answer when told to. */
function uploading() {
  const requests: { sent: FormData | undefined; status: number; responseText: string; onload(): void }[] = [];
  class Request {
    upload = {};
    sent: FormData | undefined;
    status = 0;
    responseText = "";
    onload = () => {};
    open() {}
    abort() {}
    send(form: FormData) {
      this.sent = form;
      requests.push(this);
    }
  }
  vi.stubGlobal("XMLHttpRequest", Request);
  onTestFinished(() => void vi.unstubAllGlobals());
  const answer = (n: number, refused?: Fault) => {
    const request = requests[n];
    if (!request) throw new Error("Nothing was sent");
    const file = request.sent?.get("file") as File;
    const card = { id: request.sent?.get("id"), name: file.name, type: "application/pdf", size: file.size, url: "/f" };
    request.status = refused ? 400 : 201;
    request.responseText = JSON.stringify(refused ? { fault: refused } : { file: card });
    request.onload();
  };
  return { requests, answer };
}

function type(field: HTMLTextAreaElement, text: string) {
  field.focus();
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  fireEvent.input(field);
}

describe("a tab", () => {
  it("is named after its page, and tells how many wait", async () => {
    const { entrance } = await open();
    await waitFor(() => expect(document.title).toMatch(/^(\(\d+\) )?Inbox · Deskbell$/));
    entrance.router.go({ page: "settings", section: "people" });
    await waitFor(() => expect(document.title).toMatch(/People and roles · Deskbell$/));
  });

  it("says that more wait than it counted", async () => {
    const { entrance, line } = await open();
    line.answer = () => ({ ok: true, rows: [row], cursor: "more" });
    entrance.app.peek()?.inbox.refresh();
    await waitFor(() => expect(document.title).toBe("(1+) Inbox · Deskbell"));
  });
});

describe("the inbox", () => {
  it("shows a message at once, as sending, and as sent when it is acknowledged", async () => {
    const { line, field } = await open();
    const acknowledged = line.answer;
    line.answer = (command) => (command.type === "post" ? undefined : acknowledged(command));
    type(field, "Looking into it");
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    await screen.findByText(/Sending…/);
    expect(field.value).toBe("");
    const sent = line.sent.find((command) => command.type === "post");
    expect(sent).toMatchObject({ conversation: CONVERSATION, text: "Looking into it", seen: 1 });
    if (sent) await line.reply(acknowledged(sent) as Reply);
    await screen.findByText(/· Sent/);
    expect(screen.getAllByText("Looking into it")).toHaveLength(1);
  });

  it("stays at the end of a thread that grew before the browser told where it was scrolled to, and leaves it upwards", async () => {
    await open();
    const box = document.querySelector(".scroller") as HTMLElement;
    const stands = (scrollTop: number, scrollHeight: number) => {
      Object.defineProperties(box, {
        clientHeight: { configurable: true, value: 400 },
        scrollHeight: { configurable: true, value: scrollHeight },
      });
      box.scrollTop = scrollTop;
      fireEvent.scroll(box);
    };
    const pill = () => screen.queryByRole("button", { name: "To the newest" });
    stands(600, 1_000);
    // At the end of what was there, and a picture came since.
    stands(700, 1_300);
    expect(pill()).toBeNull();
    stands(650, 1_300);
    await waitFor(() => expect(pill()).toBeTruthy());
    stands(900, 1_300);
    await waitFor(() => expect(pill()).toBeNull());
  });

  it("says that the page is too old where the server speaks another version, and keeps what is written", async () => {
    const { line, field } = await open();
    type(field, "Looking into it");
    line.tell("down", undefined);
    const refused = Object.assign(new Error("no"), { data: fault("unsupported-version", "Another version") });
    line.tell("refused", refused);
    await screen.findByText(/older than the server/);
    expect(screen.getByRole("button", { name: "Reload" })).toBeTruthy();
    expect(field.value).toBe("Looking into it");
  });

  it("leaves Enter to an input method that is composing, in the picker too", async () => {
    const { line, field } = await open();
    type(field, "#move");
    await screen.findByText("Any that has not started");
    fireEvent.keyDown(field, { key: "Enter", isComposing: true });
    fireEvent.keyDown(field, { key: "Enter", keyCode: 229 });
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true, isComposing: true });
    expect(field.value).toBe("#move");
    expect(line.sent.some(({ type }) => type === "post")).toBe(false);
    fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(field.value).toBe(""));
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    await waitFor(() =>
      expect(line.sent).toContainEqual(expect.objectContaining({ type: "post", article: ARTICLE.id })),
    );
  });

  it("flags a blank once before it sends", async () => {
    const { line, field } = await open();
    type(field, "/hello");
    await screen.findByText("/hello");
    fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(field.value).toBe("Hi Priya, {when}"));
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    await screen.findByText(/Still blank: \{when\}/);
    expect(line.sent.some(({ type }) => type === "post")).toBe(false);
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(line.sent.some(({ type }) => type === "post")).toBe(true));
  });

  it("holds a reply back when a colleague answered meanwhile, shows theirs and keeps the draft", async () => {
    const { line, field } = await open();
    line.answer = (command) =>
      command.type === "post"
        ? { ok: false, fault: fault("stale", "", { events: [posted(2, "I refunded it", byAgent(TOMAS))] }) }
        : undefined;
    type(field, "Give me a minute");
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByText("I refunded it")).toBeTruthy();
    expect(field.value).toBe("Give me a minute");
  });

  it("D15 keeps a draft through a reload", async () => {
    const shelf = createMemoryShelf();
    const first = await open(shelf);
    type(first.field, "Half a thought");
    first.close();
    const second = await open(shelf);
    expect(second.field.value).toBe("Half a thought");
  });

  it("obeys single letters outside of fields alone, and not at all where they are turned off", async () => {
    const { app, line, field } = await open();
    const resolves = () => line.sent.filter(({ type }) => type === "resolve").length;
    fireEvent.keyDown(field, { key: "e", code: "KeyE" });
    expect(resolves()).toBe(0);
    fireEvent.keyDown(document.body, { key: "e", code: "KeyE" });
    expect(resolves()).toBe(1);
    app.preferences.letters.value = false;
    fireEvent.keyDown(document.body, { key: "e", code: "KeyE" });
    expect(resolves()).toBe(1);
  });

  it("takes a reply back, by a press or by Ctrl Z in the empty field, and gives its words back", async () => {
    const { line, field } = await open();
    const answered = line.answer;
    line.answer = (command) => (command.type === "redact" ? { ok: true } : answered(command));
    const send = async (text: string) => {
      type(field, text);
      fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
      await screen.findByText("Sent to Priya");
    };
    const redacts = () => line.sent.filter(({ type }) => type === "redact");
    await send("Too soon");
    fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(() => expect(field.value).toBe("Too soon"));
    expect(redacts()).toMatchObject([{ conversation: CONVERSATION, target: 2 }]);
    fireEvent.keyDown(field, { key: "z", ctrlKey: true });
    expect(redacts()).toHaveLength(1);
    await send("Again too soon");
    fireEvent.keyDown(field, { key: "z", ctrlKey: true });
    await waitFor(() => expect(field.value).toBe("Again too soon"));
    expect(redacts()[1]).toMatchObject({ target: 3 });
    expect(screen.queryByText("Sent to Priya")).toBeNull();
  });

  it("gives a reply's files back too, by sending them anew, and says which it does not have any more", async () => {
    const { requests, answer } = uploading();
    const { app, line, field } = await open();
    const answered = line.answer;
    line.answer = (command) => (command.type === "redact" ? { ok: true } : answered(command));
    const send = async () => {
      type(field, "Here it is");
      fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
      fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
      await waitFor(() => expect(field.value).toBe("Here it is"));
    };
    app.uploads.add(CONVERSATION, [new File(["paid"], "receipt.pdf")]);
    answer(0);
    await screen.findByRole("button", { name: "Remove receipt.pdf" });
    await send();
    expect(requests).toHaveLength(2);
    const [first, second] = requests.map(({ sent }) => sent);
    const again = second?.get("file");
    expect(again instanceof File && (await again.text())).toBe("paid");
    // The first one's is the id of what was taken away.
    expect(second?.get("id")).not.toBe(first?.get("id"));
    answer(1);
    await waitFor(() => expect(app.composer.draft.value.files?.map(({ id }) => id)).toEqual([second?.get("id")]));

    // As after a reload: the draft has the card, the page not the bytes.
    app.uploads.forget(app.composer.draft.value.files ?? []);
    await send();
    await screen.findByText("Attach receipt.pdf again: it went with the message");
    expect(requests).toHaveLength(2);
  });

  it("says what stops a reply: a file that was refused, or is not there yet", async () => {
    const { answer } = uploading();
    const { app, line, field } = await open();
    const press = () => fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    const posts = () => line.sent.filter(({ type }) => type === "post");
    app.uploads.add(CONVERSATION, [new File(["MZ"], "setup.exe")]);
    type(field, "Try this");
    press();
    await screen.findByText("Not sent: a file is still on its way.");
    answer(0, fault("invalid", "Files of this type are not taken here", { field: "type" }));
    await screen.findByText("Not sent: setup.exe could not be attached.");
    type(field, "Try this one");
    expect(screen.queryByText(/^Not sent/)).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: "Send to Priya" }));
    await screen.findByText("Not sent: setup.exe could not be attached.");
    expect(posts()).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Remove setup.exe" }));
    await waitFor(() => expect(screen.queryByText(/^Not sent/)).toBeNull());
    press();
    await waitFor(() => expect(posts()).toHaveLength(1));
  });

  it("offers nothing back that is not acknowledged", async () => {
    const { line, field } = await open();
    line.answer = () => undefined;
    type(field, "Under way");
    fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });
    await screen.findByText(/Sending…/);
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  });

  it("tells the server that its agent is away, stays so through a reload, and hears it from their other pages", async () => {
    const shelf = createMemoryShelf();
    const first = await open(shelf);
    const pulses = () => first.line.pulsed.filter(({ type }) => type === "away");
    first.app.overlays.show("me");
    fireEvent.click(await screen.findByLabelText("Away"));
    expect(pulses()).toEqual([{ type: "away", on: true }]);
    first.close();
    const { app, line } = await open(shelf);
    expect(line.away()).toBe(true);
    expect(line.pulsed).toEqual([]);
    line.tell("pulse", { type: "away", on: false });
    expect(app.preferences.away.value).toBe(false);
    line.tell("pulse", { type: "away", on: true });
    fireEvent.click(await screen.findByRole("button", { name: "Come back" }));
    expect(line.pulsed).toEqual([{ type: "away", on: false }]);
  });

  it("leads from the search to what was found by the keyboard alone, and back to where it was opened", async () => {
    const { entrance } = await open();
    entrance.router.go({ page: "inbox", view: "waiting" });
    const button = await screen.findByRole("button", { name: "Search conversations" });
    button.focus();
    fireEvent.click(button);
    const search = await screen.findByRole("searchbox");
    await waitFor(() => expect(document.activeElement).toBe(search));
    fireEvent.keyDown(search, { key: "ArrowDown" });
    expect(document.activeElement?.textContent).toMatch("Priya Raman");
    search.focus();
    fireEvent.keyDown(search, { key: "Enter" });
    await screen.findByRole("textbox", { name: "Send to Priya" });
    fireEvent.keyDown(search, { key: "Escape" });
    await waitFor(() => expect(document.activeElement).toBe(button));
  });

  it("says beside the field which colleague is replying to the same visitor", async () => {
    const { line } = await open();
    const by = { kind: "agent", id: TOMAS.id, name: TOMAS.name } as const;
    line.tell("pulse", { type: "viewing", conversation: CONVERSATION, agents: [MARA, TOMAS] });
    const main = screen.getByRole("main");
    await within(main).findByLabelText("Tomás is viewing");
    line.tell("pulse", { type: "typing", conversation: CONVERSATION, by, on: true });
    await within(main).findByLabelText("Tomás is replying");
    const writer = document.querySelector(".writer-tabs") as HTMLElement;
    expect(within(writer).getByText("Tomás is replying")).toBeTruthy();
    line.tell("pulse", { type: "typing", conversation: CONVERSATION, by, on: false });
    await within(writer).findByText(/^To Priya/);
  });

  it("D13 takes what nobody has by A and Enter, and nothing from who took it while one chose", async () => {
    const { line } = await open();
    const press = async () => {
      fireEvent.keyDown(document.body, { key: "a", code: "KeyA" });
      return screen.findByRole("combobox", { name: "Find a teammate" });
    };
    const assigns = () => line.sent.filter(({ type }) => type === "assign");
    fireEvent.keyDown(await press(), { key: "Enter" });
    expect(assigns()).toMatchObject([{ agent: MARA.id, was: null }]);
    const find = await press();
    line.tell("event", {
      ...{ conversation: CONVERSATION, stream: "desk", seq: 1, id: "e1" as never, at: row.openedAt },
      ...{ type: "assigned", agent: TOMAS, by: { kind: "agent", id: TOMAS.id, name: TOMAS.name } },
    });
    await screen.findByText(/with Tomás/);
    fireEvent.keyDown(find, { key: "Enter" });
    expect(assigns()[1]).toMatchObject({ agent: MARA.id, was: null });
  });

  it("moves a row between views as the server pulses it", async () => {
    const { app, line } = await open();
    const list = screen.getByRole("complementary", { name: "Conversations" });
    expect(within(list).getByText("Priya Raman")).toBeTruthy();
    const { waitingSince: _, ...answered } = row;
    line.tell("pulse", { type: "row", row: { ...answered, head: { talk: 2, desk: 0 } } });
    await within(list).findByText("Nobody is waiting.");
    expect(app.inbox.counts.value.unassigned?.n).toBe(1);
    expect(app.session.site.value?.id).toBe(SITE.id);
  });
});
