import { fireEvent, screen, waitFor } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { fault } from "../../protocol/faults.ts";
import type { AgentCard, SiteCard } from "../../protocol/people.ts";
import { openConsole } from "../fake-console.tsx";
import {
  byAgent,
  CONVERSATION,
  conversation,
  createFakeLine,
  type FakeLine,
  hello,
  MARA,
  posted,
  SITE,
  settled,
  TOMAS,
} from "../fake-line.ts";
import type { Http, Pages, Shelf } from "../ports.ts";
import { createMemoryShelf } from "../shelf.ts";

/* Two agents, one after the other, in one browser. */

const PATH = `/console/inbox/waiting/${CONVERSATION}`;
const row = conversation({
  head: { talk: 1, desk: 0 },
  subject: "Charged twice",
  waitingSince: "2026-03-01T10:01:00Z",
});

let shelf: Shelf;
let line: FakeLine;
/** Whose session the browser has, as the server sees it. */
let inside: AgentCard | undefined;
let reachable: boolean;
let asked: string[];
beforeEach(() => {
  shelf = createMemoryShelf();
  inside = MARA;
  reachable = true;
  asked = [];
  startLine();
});

function startLine() {
  line = createFakeLine();
  line.answer = (command) => {
    if (command.type === "inbox") return { ok: true, rows: [row] };
    if (command.type === "open") return { ok: true, conversation: row, events: [posted(1, "I was charged twice")] };
    if (command.type === "post" && inside)
      return { ok: true, event: posted(2, command.text, { id: command.id, ...byAgent(inside) }) };
    return { ok: true };
  };
}

const http: Http = async (method, path, body) => {
  asked.push(`${method} ${path}`);
  if (!reachable) return { ok: false, fault: fault("unavailable", "No connection") };
  if (path !== "/api/session") return { ok: true, value: { items: [] } as never };
  if (method === "DELETE") inside = undefined;
  if (method === "POST") inside = (body as { email: string }).email.startsWith("mara") ? MARA : TOMAS;
  if (method === "DELETE") return { ok: true, value: undefined as never };
  return inside
    ? {
        ok: true,
        value: {
          agent: { ...inside, ...(inside === MARA && { avatar: "/mara.webp" }), email: "", role: "agent" },
        } as never,
      }
    : { ok: false, fault: fault("unauthorized", "Nobody") };
};

const open = (path = PATH) => openConsole({ path, line, http, shelf });
type Opened = Awaited<ReturnType<typeof open>>;

async function greet(who: AgentCard, epoch = "one", site = SITE) {
  line.tell("hello", { ...hello([], epoch), sites: [site], agent: { ...who, email: "", role: "agent" } });
  await settled();
}

async function comesIn({ entrance }: Opened, who: AgentCard, epoch?: string) {
  await entrance.session.signIn({ email: who === MARA ? "mara@l.test" : "tomas@l.test", password: "" });
  await greet(who, epoch);
  entrance.router.go({ page: "inbox", view: "waiting", conversation: CONVERSATION });
  await screen.findByText("I was charged twice");
  return field();
}

const signsOut = ({ entrance }: Opened) => entrance.session.signOut();
/** The server no longer knows the session, and nobody asked for that. */
const ended = async () => {
  inside = undefined;
  line.tell("refused", Object.assign(new Error(), { data: fault("unauthorized", "Over") }));
};

const field = () => screen.getByRole("textbox", { name: "Send to Priya" }) as HTMLTextAreaElement;
const posts = () => line.sent.filter(({ type }) => type === "post");
const texts = (keys: string[]) => keys.map((key) => shelf.get(key)).join();
/** All that lies in the browser under no name or somebody else's. */
const keysBut = (who: AgentCard) => shelf.keys("").filter((key) => !key.startsWith(`${who.id}.`));

function write(text: string) {
  const now = field();
  now.value = text;
  now.setSelectionRange(text.length, text.length);
  fireEvent.input(now);
}

function send(text: string) {
  write(text);
  fireEvent.keyDown(field(), { key: "Enter", ctrlKey: true });
}

describe("two agents at one browser", () => {
  it.each([
    ["signs out", signsOut],
    ["is signed out by the server", ended],
  ])(
    "D9 what one wrote offline who %s is not sent, shown or kept as the next one's, and goes out once when they are back",
    async (_, leaves) => {
      const opened = await open();
      await screen.findByText("I was charged twice");
      line.up = false;
      send("Words of Mara");
      write("Half a thought of Mara");
      await leaves(opened);
      await screen.findByText(opened.entrance.t.value.unsent);
      line.up = true;

      expect((await comesIn(opened, TOMAS)).value).toBe("");
      expect(posts()).toEqual([]);
      expect(document.body.textContent).not.toContain("of Mara");
      expect(texts(keysBut(MARA))).not.toContain("of Mara");
      send("Words of Tomás");
      await settled();
      expect(posts()).toMatchObject([{ text: "Words of Tomás" }]);
      await signsOut(opened);
      await screen.findByText(opened.entrance.t.value.signInTitle);
      expect(screen.queryByText(opened.entrance.t.value.unsent)).toBeNull();

      const back = await comesIn(opened, MARA);
      await greet(MARA);
      expect(back.value).toBe("Half a thought of Mara");
      expect(posts()).toMatchObject([{ text: "Words of Tomás" }, { text: "Words of Mara" }]);
      expect(shelf.keys(`${MARA.id}.outbox.`)).toEqual([]);
    },
  );

  it("ends what has lain there for a week, theirs or nobody's, each time that a page opens", async () => {
    const at = (days: number) => Date.now() - days * 24 * 60 * 60 * 1000;
    const old = JSON.stringify({ at: new Date(at(8)).toISOString() });
    for (const key of ["outbox.1", "draft.2", "epoch", `${TOMAS.id}.sent.3`, `${TOMAS.id}.draft.4`])
      shelf.set(key, old);
    const open = async () => (await openConsole({ path: PATH, line, http, shelf })).close();
    await open();
    // Nobody knows how long words without a name have lain there: their week begins.
    expect([shelf.keys("outbox."), shelf.keys(TOMAS.id)]).toEqual([["outbox.1"], [`${TOMAS.id}.draft.4`]]);
    shelf.set("unnamed", String(at(8)));
    await open();
    expect(["outbox.1", "draft.2", "epoch", "unnamed"].map((key) => shelf.get(key))).toEqual(Array(4).fill(undefined));
    expect(shelf.keys(TOMAS.id)).toEqual([`${TOMAS.id}.draft.4`]);
  });

  it("D10 after a restore nobody offers again what somebody else had sent, whoever comes first", async () => {
    const opened = await open();
    await screen.findByText("I was charged twice");
    send("Words of Mara");
    await settled();
    await ended();
    await settled();
    await comesIn(opened, TOMAS, "two");
    expect(posts()).toHaveLength(1);
    await signsOut(opened);
    await settled();
    await comesIn(opened, MARA, "two");
    await settled();
    expect(posts()).toMatchObject([{ text: "Words of Mara" }, { text: "Words of Mara" }]);
    expect(new Set(posts().map((command) => "id" in command && command.id)).size).toBe(1);
  });

  it("leaves nothing that the server has in the browser when somebody signs out", async () => {
    const opened = await open();
    await screen.findByText("I was charged twice");
    send("Words of Mara");
    await settled();
    expect(shelf.keys(`${MARA.id}.sent.`)).toHaveLength(1);
    await signsOut(opened);
    expect(texts(shelf.keys(""))).not.toContain("of Mara");
    await waitFor(() => expect(document.title).toBe("Deskbell"));
    expect(opened.entrance.router.route.value).toEqual({ page: "sign-in" });
    expect(opened.entrance.unsent.value).toBeUndefined();
  });

  it("begins anew where the line greets somebody else, who came in by another page of the browser", async () => {
    const opened = await open();
    await screen.findByText("I was charged twice");
    line.up = false;
    send("Words of Mara");
    write("Half a thought of Mara");
    line.up = true;
    inside = TOMAS;
    await greet(TOMAS);
    await greet(TOMAS);
    expect(opened.entrance.app.value?.agent).toBe(TOMAS.id);
    expect(opened.entrance.session.agent.value).toMatchObject(TOMAS);
    expect(opened.entrance.session.agent.value?.avatar).toBeUndefined();
    await screen.findByText("I was charged twice");
    expect(field().value).toBe("");
    expect(posts()).toEqual([]);
  });

  it("keeps an article's text that waited for a pause where its author finds it, and stores it as nobody else's", async () => {
    const opened = await open("/console/knowledge/new");
    await waitFor(() => expect(opened.app.editor.state.value).toBe("ready"));
    opened.app.editor.change({ title: "Title of Mara" });
    asked = [];
    inside = TOMAS;
    await greet(TOMAS, "one", { ...SITE, id: "another" as SiteCard["id"] });
    await greet(TOMAS);
    await waitFor(() => expect(opened.entrance.app.value?.editor.state.value).toBe("ready"));
    expect(opened.entrance.app.value?.editor.text.value.title).toBe("");
    expect(asked.filter((call) => call.startsWith("PUT"))).toEqual([]);
    expect(texts(keysBut(MARA))).not.toContain("of Mara");
    expect(texts(shelf.keys(`${MARA.id}.edit.`))).toContain("Title of Mara");
  });

  it("ends at once what other pages of the browser show of somebody who left, or in whose place somebody came in", async () => {
    let hear = (_: string | undefined) => {};
    const told: (string | undefined)[] = [];
    const pages: Pages = {
      tell: (agent) => void told.push(agent),
      hear(listener) {
        hear = listener;
        return () => {};
      },
    };
    const opened = await openConsole({ path: PATH, line, http, shelf, pages });
    hear(MARA.id);
    expect(opened.entrance.app.value).toBe(opened.app);
    inside = TOMAS;
    hear(TOMAS.id);
    expect(opened.entrance.app.value).toBeUndefined();
    await waitFor(() => expect(opened.entrance.app.value?.agent).toBe(TOMAS.id));
    hear(undefined);
    await screen.findByText(opened.entrance.t.value.signInTitle);
    expect(told).toEqual([]);
    await comesIn(opened, MARA);
    await signsOut(opened);
    expect(told).toEqual([MARA.id, undefined]);
  });

  it("lets nothing that is still under way out as the next one's", async () => {
    const { app, ...opened } = await open();
    await signsOut({ app, ...opened });
    await comesIn({ app, ...opened }, TOMAS);
    asked = [];
    line.sent.length = 0;
    await app.replies.save({ name: "mine", text: "of Mara" });
    await app.threads.of(CONVERSATION).open();
    expect(asked).toEqual([]);
    expect(line.sent).toEqual([]);
  });

  it("does not let the next one in by the session of somebody who signed out while the server was out of reach", async () => {
    const opened = await open();
    reachable = false;
    await signsOut(opened);
    await screen.findByText(opened.entrance.t.value.signInTitle);
    opened.close();
    startLine();
    reachable = true;
    await expect(open()).rejects.toThrow("Nobody came in");
    expect(inside).toBeUndefined();
  });

  it("wears what each of them likes, and nobody's after one has signed out", async () => {
    const opened = await open();
    const { preferences } = opened.entrance;
    preferences.theme.value = "dark";
    preferences.letters.value = false;
    await signsOut(opened);
    expect([preferences.theme.value, preferences.letters.value]).toEqual(["auto", true]);
    await comesIn(opened, TOMAS);
    preferences.theme.value = "light";
    await ended();
    expect(preferences.theme.value).toBe("light");
    await comesIn(opened, MARA);
    expect([preferences.theme.value, preferences.letters.value]).toEqual(["dark", false]);
  });
});
