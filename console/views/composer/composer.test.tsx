import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import type { AgentCommand, Reply } from "../../../protocol/command.ts";
import type { Event } from "../../../protocol/event.ts";
import { fault } from "../../../protocol/faults.ts";
import type { ArticleId } from "../../../protocol/ids.ts";
import { openConsole } from "../../fake-console.tsx";
import { byAgent, CONVERSATION, conversation, createFakeLine, MARA, posted, SITE } from "../../fake-line.ts";
import type { Http } from "../../ports.ts";

const article = (n: number, more: object = {}) => ({
  id: `01976d80-0000-7000-8000-00000000070${n}` as ArticleId,
  title: `Article ${n}`,
  excerpt: `About ${n}`,
  url: `https://help.test/${n}`,
  visibility: "public",
  locale: "en",
  ...more,
});
const MOVE = article(1, { score: 0.9 });
const REFUND = article(2, { score: 0.8 });
const INTERNAL = article(3, { score: 0.7, visibility: "internal" });

/** As the server draws it: with an address where visitors may read what it leads to. */
function drawnOf(asked: unknown): object[] {
  const text = (words: string) => ({ type: "text", text: words });
  const link = (article: string, href: string, words: string) => ({
    type: "link",
    article,
    href,
    children: [text(words)],
  });
  if ((asked as { article?: string }).article !== REFUND.id) return [text("Ask Ravi first.")];
  return [text("See "), link(MOVE.id, MOVE.url, "moving"), text(" and "), link(INTERNAL.id, "#limits", "the rules")];
}

async function open(talk: Event[], groups: object[] = []) {
  const asked: string[] = [];
  const http: Http = async (method, path, body) => {
    const value = (body: unknown) => ({ ok: true, value: body as never }) as const;
    asked.push(`${method} ${path.replace(`/api/sites/${SITE.id}`, "")}`);
    if (path === "/api/session") return value({ agent: { ...MARA, email: "m@l.test", role: "owner" } });
    if (path.includes("/suggest")) return value({ items: [MOVE, REFUND, INTERNAL] });
    if (path.includes("/articles/translations")) return value({ items: groups });
    if (path.includes("/articles/needed")) return value({ items: [REFUND, MOVE] });
    if (path.includes("/articles/figures"))
      return value({
        items: [
          { article: REFUND.id, heat: 1, verdicts: 12, answered: { share: 0.75, low: 0.47, high: 0.91 } },
          { article: MOVE.id, heat: 0.4, verdicts: 9 },
        ],
      });
    if (path.includes("/conversations") || path.includes("/replies")) return value({ items: [] });
    if (path === `/api/articles/${INTERNAL.id}`) return value({ body: "Ask Ravi first." });
    if (path === `/api/articles/${REFUND.id}`) return value({ body: "See [a](move) and [b](rules)." });
    if (path === "/api/preview") return value({ body: [{ type: "paragraph", children: drawnOf(body) }] });
    return { ok: false, fault: fault("not-found", path) };
  };
  const line = createFakeLine();
  const row = conversation({ head: { talk: talk.length, desk: 0 }, subject: "Charged twice" });
  let seq = talk.length;
  line.answer = (command: AgentCommand): Reply | undefined => {
    if (command.type === "inbox") return { ok: true, rows: [row] };
    if (command.type === "open") return { ok: true, conversation: row, events: talk };
    if (command.type !== "post") return { ok: true };
    seq += 1;
    return { ok: true, event: posted(seq, command.text, { id: command.id, ...byAgent(MARA) }) };
  };
  await openConsole({ path: `/console/inbox/waiting/${CONVERSATION}`, line, http });
  const field = (await screen.findByRole("textbox", { name: "Send to Priya" })) as HTMLTextAreaElement;
  const posts = () => line.sent.filter(({ type }) => type === "post");
  return { line, field, posts, asked };
}

function type(field: HTMLTextAreaElement, text: string) {
  field.focus();
  field.value = text;
  field.setSelectionRange(text.length, text.length);
  fireEvent.input(field);
}

const send = (field: HTMLElement) => fireEvent.keyDown(field, { key: "Enter", ctrlKey: true });

/** Goes down the list to an article. */
async function choose(field: HTMLElement, title: string) {
  for (let down = options().indexOf(title); down > 0; down--) fireEvent.keyDown(field, { key: "ArrowDown" });
  await waitFor(() => {
    const chosen = screen.getAllByRole("option").find((one) => one.getAttribute("aria-selected") === "true");
    expect(chosen?.textContent).toContain(title);
  });
}

const options = () => screen.getAllByRole("option").map((option) => within(option).getByText(/^Article/).textContent);

describe("the article picker", () => {
  it("offers what is needed most before a word is typed, then what fits", async () => {
    const { field, asked } = await open([posted(1, "Hello")]);
    type(field, "#");
    await screen.findByText("Most needed this fortnight");
    expect(options()).toEqual(["Article 2", "Article 1"]);
    type(field, "#move");
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(3));
    expect(asked.some((call) => call.includes("/suggest?q=move"))).toBe(true);
  });

  it("shows heat, and the share that was solved only where enough have said", async () => {
    const { field } = await open([posted(1, "Hello")]);
    type(field, "#");
    const [refund, move] = await screen.findAllByRole("option");
    await within(refund as HTMLElement).findByText("75% solved · n 12");
    expect(within(refund as HTMLElement).getByText("100")).toBeTruthy();
    expect(within(move as HTMLElement).queryByText(/solved/)).toBeNull();
  });

  it("sends the link with one key and nothing of what was typed to find it", async () => {
    const { field, posts } = await open([posted(1, "Hello")]);
    type(field, "#move");
    await screen.findByText("Articles matching “move”");
    send(field);
    await waitFor(() => expect(posts()).toMatchObject([{ article: expect.any(String), text: "" }]));
    expect(field.value).toBe("");
  });

  it("pastes what only the team may read, and never links it for a visitor", async () => {
    const { field, posts } = await open([posted(1, "Hello")]);
    type(field, "#move");
    await screen.findByText("Team only");
    await choose(field, "Article 3");
    send(field);
    await waitFor(() => expect(field.value).toBe("Ask Ravi first."));
    expect(posts()).toEqual([]);
  });
});

describe("links in an answer", () => {
  it("are pasted with the addresses that visitors may open, and as mere words where they may not", async () => {
    const { field } = await open([posted(1, "Hello")]);
    type(field, "#");
    await screen.findByText("Most needed this fortnight");
    await choose(field, "Article 2");
    fireEvent.keyDown(field, { key: "Enter", shiftKey: true });
    await waitFor(() => expect(field.value).toBe("See moving (https://help.test/1) and the rules"));
  });

  it("lead in the picker to the article in the console", async () => {
    const { field } = await open([posted(1, "Hello")]);
    type(field, "#");
    await screen.findByText("Most needed this fortnight");
    await choose(field, "Article 2");
    fireEvent.keyDown(field, { key: "Tab" });
    const rules = (await screen.findByRole("link", { name: "the rules" })) as HTMLAnchorElement;
    expect(new URL(rules.href).pathname).toBe(`/console/knowledge/${INTERNAL.id}`);
    expect(screen.getAllByRole("option")).toHaveLength(2);
  });
});

describe("an article that the visitor has met", () => {
  it("is marked in the picker, and held back once before it is sent again", async () => {
    const card = { ...MOVE, id: MOVE.id };
    const { field, posts } = await open([posted(1, "Hello"), posted(2, "", { ...byAgent(MARA), article: card })]);
    type(field, "#move");
    await screen.findByText(/^Sent \d/);
    await choose(field, "Article 1");
    fireEvent.keyDown(field, { key: "Enter" });
    await screen.findByText("Article 1", { selector: ".writer-article *" });
    send(field);
    await screen.findByText(/“Article 1” was sent here at/);
    expect(posts()).toEqual([]);
    send(field);
    await waitFor(() => expect(posts()).toMatchObject([{ article: MOVE.id }]));
  });

  it("is the same in every language: its translation is marked, and held back as well", async () => {
    const groups = [{ group: "g", articles: [MOVE, REFUND] }];
    const { field, posts, asked } = await open(
      [posted(1, "Hello"), posted(2, "", { ...byAgent(MARA), article: { ...MOVE } })],
      groups,
    );
    await waitFor(() => expect(asked).toContain(`GET /articles/translations?of=${MOVE.id}`));
    type(field, "#move");
    await waitFor(() => expect(screen.getAllByText(/^Sent \d/)).toHaveLength(2));
    await choose(field, "Article 2");
    fireEvent.keyDown(field, { key: "Enter" });
    await screen.findByText("Article 2", { selector: ".writer-article *" });
    send(field);
    await screen.findByText(/“Article 2” was sent here at/);
    expect(posts()).toEqual([]);
  });

  it("was sent, whatever was only shown of it in another language later", async () => {
    const asked = { q: "refund", shown: [REFUND.id] };
    const { field } = await open(
      [posted(1, "Hello"), posted(2, "", { ...byAgent(MARA), article: { ...MOVE } }), posted(3, "And?", { asked })],
      [{ group: "g", articles: [MOVE, REFUND] }],
    );
    type(field, "#move");
    await waitFor(() => expect(screen.getAllByText(/^Sent \d/)).toHaveLength(2));
    expect(screen.queryByText("Shown before writing")).toBeNull();
  });

  it("was shown to them before they wrote: that is said too", async () => {
    const asked = { q: "move it", shown: [MOVE.id] };
    const { field, posts } = await open([posted(1, "Can I move it?", { asked })]);
    type(field, "#move");
    await screen.findByText("Shown before writing");
    await choose(field, "Article 1");
    send(field);
    await screen.findByText("Priya was shown “Article 1” before writing.");
    expect(posts()).toEqual([]);
    fireEvent.click(screen.getByRole("button", { name: "Do not send this article" }));
    await waitFor(() => expect(screen.queryByText("Priya was shown “Article 1” before writing.")).toBeNull());
  });

  it("was read by them before they wrote: that is said in place of that it was shown, then or later", async () => {
    const asked = { q: "move it", shown: [MOVE.id], read: [MOVE.id] };
    const again = { q: "move", shown: [MOVE.id] };
    const { field, posts } = await open([
      posted(1, "Can I move it?", { asked }),
      posted(2, "Can I?", { asked: again }),
    ]);
    type(field, "#move");
    await screen.findByText("Read before writing");
    expect(screen.queryByText("Shown before writing")).toBeNull();
    await choose(field, "Article 1");
    send(field);
    await screen.findByText("Priya read “Article 1” before writing.");
    expect(posts()).toEqual([]);
  });

  it("goes out at once where it was only taken back", async () => {
    const { field, posts } = await open([
      posted(1, "Hello"),
      posted(2, "", { ...byAgent(MARA), article: { ...MOVE } }),
      { ...posted(3, ""), ...byAgent(MARA), type: "redacted", target: 2 } as Event,
    ]);
    type(field, "#move");
    await screen.findByText("Articles matching “move”");
    expect(screen.queryByText(/^Sent \d/)).toBeNull();
    send(field);
    await waitFor(() => expect(posts()).toHaveLength(1));
  });
});
