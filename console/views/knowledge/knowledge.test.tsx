import { fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { beforeEach, describe, expect, it } from "vitest";
import { fault } from "../../../protocol/faults.ts";
import type { App } from "../../app.ts";
import { openConsole } from "../../fake-console.tsx";
import { createFakeLine, MARA, SITE, TOMAS } from "../../fake-line.ts";
import type { Http } from "../../ports.ts";
import { createUpload, type Upload } from "../../upload.ts";

const AT = "2026-03-01T10:00:00.000Z";
const LATER = "2026-03-01T10:30:00.000Z";
const EN = {
  id: "a1",
  site: SITE.id,
  group: "g1",
  title: "Returns",
  body: "Within 14 days.",
  slug: "returns",
  locale: "en",
  visibility: "public",
  state: "published",
  updatedAt: AT,
};
const ZH = { ...EN, id: "a2", title: "退货", body: "30 天内。", locale: "zh-Hans" };
const GROUP = [
  { id: "a1", locale: "en", title: "Returns", state: "published", original: true, behind: false },
  { id: "a2", locale: "zh-Hans", title: "退货", state: "published", original: false, behind: true },
];
const CARD = { id: "f1", name: "board.png", type: "image/png", size: 3, url: "https://desk.test/files/f1/s" };

let server: Record<string, unknown>;
let asked: string[];
let listed: string[];
let previewed: object[];
let app: App;
beforeEach(() => {
  asked = [];
  listed = [];
  previewed = [];
  server = {
    "GET /api/session": { agent: { ...MARA, email: "m@l.test", role: "owner" } },
    "GET /articles": { items: [EN] },
    "GET /articles/counts": { all: 1, published: 1, draft: 0, internal: 0 },
    "GET /articles/translations": { items: [{ group: "g1", articles: GROUP }] },
    "GET /articles/behind": { items: [ZH] },
    "GET /articles/figures": { items: [], groups: [] },
    "GET /articles/needed": { items: [EN] },
    "GET /drafts": { items: [{ article: "a1", at: AT }] },
    "GET /drafts/a1": { others: [], article: { updatedAt: AT } },
    "GET /drafts/a2": { others: [], article: { updatedAt: AT } },
    "PUT /drafts/a1": { at: AT, others: [], article: { updatedAt: AT } },
    "DELETE /drafts/a1": {},
    "GET /unanswered": { items: [] },
    "GET /api/articles/a1": EN,
    "GET /api/articles/a2": ZH,
    "GET /api/articles/a1/questions": { items: [] },
    "GET /api/articles/a2/questions": { items: [] },
    "GET /api/articles/a1/revisions": { items: [] },
    "GET /api/articles/a2/revisions": { items: [] },
    "GET /api/articles/a2/original": {
      id: "a1",
      locale: "en",
      behind: true,
      now: { title: "Returns", body: "Within 14 days.", at: LATER },
      before: { title: "Returns", body: "Within 30 days.", at: AT },
    },
    "POST /api/articles/a2/checked": {},
    "POST /api/preview": { body: [] },
    "GET /replies": { items: [] },
    "GET /collections": {
      items: [
        {
          id: "c1",
          name: "First week",
          visibility: "internal",
          articles: [EN, { ...EN, id: "a3", title: "Refunds" }, ZH].map(({ id, title, locale }) => ({
            id,
            title,
            locale,
            visibility: "public",
            state: "published",
          })),
        },
      ],
    },
  };
});

async function open(path: string, upload: Upload = createUpload(fetch)) {
  const http: Http = async (method, whole, body) => {
    const key = `${method} ${whole.replace(/\?.*/, "").replace(`/api/sites/${SITE.id}`, "")}`;
    if (key === "GET /articles") listed.push(whole);
    if (method !== "GET" && !key.endsWith("/preview")) asked.push(`${key} ${JSON.stringify(body ?? {})}`);
    if (key === "POST /api/preview") previewed.push(body as object);
    const found = server[key];
    if (method === "PUT" && key.includes("/collections/")) return { ok: true, value: arranged(body) as never };
    if (found === undefined) return { ok: false, fault: fault("not-found", key) };
    return { ok: true, value: found as never };
  };
  const line = createFakeLine();
  line.answer = (command) => (command.type === "inbox" ? { ok: true, rows: [] } : { ok: true });
  ({ app } = await openConsole({ path, line, http, upload }));
}

/** A collection in the order that was sent. */
function arranged(body: unknown) {
  const [before] = (server["GET /collections"] as { items: { articles: { id: string }[] }[] }).items;
  const { articles } = body as { articles: string[] };
  return { ...before, articles: articles.map((id) => before?.articles.find((one) => one.id === id)) };
}

const write = (field: HTMLElement, text: string) => fireEvent.input(field, { target: { value: text } });
const body = () => screen.findByRole("textbox", { name: "Text, in Markdown" }) as Promise<HTMLTextAreaElement>;

describe("the list of articles", () => {
  it("counts its shelves, marks translations that are behind, and edits that are not published", async () => {
    await open("/console/knowledge");
    const shelves = await screen.findByRole("navigation", { name: "Status" });
    await within(shelves).findByRole("button", { name: /All\s*1/ });
    const row = (await screen.findByRole("link", { name: "Returns" })).closest("tr") as HTMLElement;
    await within(row).findByText("Unpublished edits");
    await within(row).findByRole("link", { name: /中文.*behind/ });
    fireEvent.click(within(shelves).getByRole("button", { name: /Translation behind\s*1/ }));
    await waitFor(() => expect(screen.queryByRole("link", { name: "Returns" })).toBeNull());
    expect(screen.getByRole("link", { name: "退货" })).toBeTruthy();
  });

  it("has one row for all translations of an article, with what they do together", async () => {
    const third = { ...ZH, id: "a3", title: "退貨", locale: "zh-Hant" };
    server["GET /articles/behind"] = { items: [ZH, third] };
    server["GET /articles/figures"] = {
      items: [{ article: "a1", heat: 1, verdicts: 6 }],
      groups: [{ group: "g1", heat: 0.8, verdicts: 12, answered: { share: 0.75, low: 0.47, high: 0.91 } }],
    };
    server["GET /drafts"] = { items: [{ article: "a2", at: AT }] };
    await open("/console/knowledge");
    const row = (await screen.findByRole("link", { name: "Returns" })).closest("tr") as HTMLElement;
    await within(row).findByText("75%");
    await within(row).findByText("n 12");
    await within(row).findByText("80");
    await within(row).findByText("Unpublished edits");
    expect(document.querySelectorAll("tbody tr")).toHaveLength(1);
    expect(listed.at(-1)).toContain("per=group");
    fireEvent.click(screen.getByRole("button", { name: /Translation behind/ }));
    await screen.findByRole("link", { name: "退货" });
    expect(document.querySelectorAll("tbody tr")).toHaveLength(1);
  });
});

describe("what articles solve by themselves", () => {
  const share = (count: number) => ({ count, share: count / 20, low: 0.1, high: 0.9 });

  it("is what readers said, with who left without a word apart", async () => {
    const row = {
      segment: null,
      n: 20,
      open: 3,
      solved: share(9),
      left: share(6),
      unsolved: share(1),
      asked: share(4),
    };
    server["GET /reports/self-service"] = { rows: [row] };
    await open("/console/knowledge");
    const panel = await screen.findByRole("region", { name: "Answered by articles, 28 days" });
    const rows = [...panel.querySelectorAll("dt")].map((name) => [
      name.textContent,
      name.nextElementSibling?.querySelector("b")?.textContent,
    ]);
    expect(rows).toEqual([
      ["Readers said: solved", "45%"],
      ["Readers said: not solved", "5%"],
      ["Went to a person", "20%"],
      ["Left without a word", "30%"],
    ]);
    within(panel).getByText(/Of 20 questions/);
    within(panel).getByText("3 more are younger than 72 hours.");
  });

  it("is no share while there are too few", async () => {
    server["GET /reports/self-service"] = { rows: [{ segment: null, n: 9, open: 0 }] };
    await open("/console/knowledge");
    const panel = await screen.findByRole("region", { name: "Answered by articles, 28 days" });
    expect(panel.textContent).toContain("9 questions are settled: too few to say.");
    expect(panel.textContent).not.toMatch(/%/);
  });
});

describe("how an article does", () => {
  it("says how often a search led to it, and how many asked a person after reading it", async () => {
    const uses = { searches: 31, reads: 120, links: 4 };
    server["GET /articles/figures"] = { items: [{ article: "a1", heat: 1, verdicts: 0, uses }], groups: [] };
    const asked = { count: 6, share: 0.3, low: 0.15, high: 0.52 };
    server["GET /reports/self-service"] = {
      rows: [
        { segment: null, n: 40, open: 0 },
        { segment: "a1", n: 20, open: 0, asked },
      ],
    };
    await open("/console/knowledge/a1");
    await screen.findByText("6 of 20 questions for which it was read went to a person, 15% to 52%, in 28 days.");
    const searches = await screen.findByText("Searches that lead here, 14 days");
    expect(searches.nextElementSibling?.textContent).toBe("31");
  });
});

describe("the editor", () => {
  it("says that what is typed is saved as a draft, and for whom a save is", async () => {
    await open("/console/knowledge/a1");
    write(await body(), "Within 10 days.");
    await screen.findByText(/Saved as a draft/, {}, { timeout: 3_000 });
    expect(asked.some((call) => call.startsWith("PUT /drafts/a1") && call.includes("Within 10 days."))).toBe(true);
    expect(screen.getByText("Unpublished edits")).toBeTruthy();
  });

  it("tells of a colleague who edits as well", async () => {
    server["GET /drafts/a1"] = { others: [{ agent: TOMAS, at: AT }], article: { updatedAt: AT } };
    await open("/console/knowledge/a1");
    await screen.findByText(/Tomás Reyes has begun to edit this as well/);
  });

  it("puts back what was not saved, and lets it be thrown away and had back", async () => {
    const text = { ...EN, body: "Within 9 days.", category: "", pages: "", questions: "" };
    server["GET /drafts/a1"] = { draft: { text, at: AT, base: AT }, others: [], article: { updatedAt: AT } };
    await open("/console/knowledge/a1");
    const field = await body();
    await waitFor(() => expect(field.value).toBe("Within 9 days."));
    fireEvent.click(within(await screen.findByText(/were put back/)).getByRole("button", { name: "Discard" }));
    await waitFor(() => expect(field.value).toBe("Within 14 days."));
    fireEvent.click(screen.getByRole("button", { name: "Restore" }));
    await waitFor(() => expect(field.value).toBe("Within 9 days."));
  });

  it("publishes nothing over a colleague's text before one of the two was chosen", async () => {
    const text = { ...EN, body: "Within 9 days.", category: "", pages: "", questions: "" };
    const by = { id: TOMAS.id, name: TOMAS.name };
    server["GET /drafts/a1"] = {
      draft: { text, at: AT, base: "2026-02-01T00:00:00.000Z" },
      others: [],
      article: { updatedAt: AT, by },
    };
    await open("/console/knowledge/a1");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toMatch(/Tomás Reyes saved this article after you began/);
    const publish = screen.getByRole("button", { name: "Publish changes" }) as HTMLButtonElement;
    expect(publish.disabled).toBe(true);
    const differences = screen.getByRole("region", { name: "Differences" });
    expect(differences.querySelector("del")?.textContent).toBe("14");
    expect(differences.querySelector("ins")?.textContent).toBe("9");
    fireEvent.click(within(alert).getByRole("button", { name: "Keep mine" }));
    await waitFor(() => expect(publish.disabled).toBe(false));
    expect((await body()).value).toBe("Within 9 days.");
  });

  it("shows a translator what changed of the original, and ticks it off where nothing is to be done", async () => {
    await open("/console/knowledge/a2");
    const changed = await screen.findByRole("region", { name: "What changed" });
    expect([changed.querySelector("del")?.textContent, changed.querySelector("ins")?.textContent]).toEqual([
      "30",
      "14",
    ]);
    fireEvent.click(within(changed).getByRole("button", { name: "Nothing to change here" }));
    await waitFor(() => expect(asked).toContain("POST /api/articles/a2/checked {}"));
    await screen.findByText("Marked as up to date.");
  });
});

describe("a link to another article", () => {
  const link = (href: string, article: string, text: string) => ({
    type: "link",
    href,
    article,
    children: [{ type: "text", text }],
  });
  const children = [link("https://desk.test/help/refunds", "a3", "Refunds"), link("#", "a4", "Team rules")];
  const leads = async () => {
    const links = await Promise.all(["Refunds", "Team rules"].map((name) => screen.findByRole("link", { name })));
    return links.map((one) => [new URL((one as HTMLAnchorElement).href).pathname, one.getAttribute("target")]);
  };
  const inTheConsole = [
    ["/console/knowledge/a3", "_blank"],
    ["/console/knowledge/a4", "_blank"],
  ];
  beforeEach(() => {
    server["POST /api/preview"] = { body: [{ type: "paragraph", children }] };
  });

  it("leads to it in the console from what is being written, and the text stays open", async () => {
    await open("/console/knowledge/a1");
    expect(await leads()).toEqual(inTheConsole);
    expect(previewed).toContainEqual({ body: "Within 14 days.", locale: "en", article: "a1" });
  });

  it("is followed from the site and language of an article that is begun", async () => {
    await open("/console/knowledge/new");
    write(await body(), "See [it](refunds).");
    const place = { locale: SITE.locales[0], site: SITE.id };
    await waitFor(() => expect(previewed).toContainEqual({ body: "See [it](refunds).", ...place }));
  });

  it("leads there from the original that a translator reads, and from what the article said before", async () => {
    server["GET /api/articles/a2/revisions"] = { items: [{ id: "r1", title: "退货", at: AT }] };
    server["GET /api/revisions/r1"] = { id: "r1", title: "退货", at: AT, body: "15 天内。" };
    await open("/console/knowledge/a2");
    await waitFor(() => expect(previewed).toContainEqual({ body: "Within 14 days.", article: "a1" }));
    await app.revisions.look("r1");
    expect(previewed).toContainEqual({ body: "15 天内。", article: "a2" });
    expect(await leads()).toEqual(inTheConsole);
  });

  it("leads there from a course", async () => {
    await open("/console/collections/c1");
    fireEvent.click(await screen.findByText("Returns"));
    expect(await leads()).toEqual(inTheConsole);
    expect(previewed).toEqual([{ body: "Within 14 days.", article: "a1" }]);
  });
});

describe("pictures", () => {
  const picture = new File(["png"], "board-front.png", { type: "image/png" });
  const paste = (field: HTMLElement, files: File[], words = "") => {
    const clipboardData = { getData: (type: string) => (type === "text/plain" ? words : ""), files };
    fireEvent.paste(field, { clipboardData });
  };

  it("that are pasted stand where they were put, whatever is written meanwhile", async () => {
    const gate = Promise.withResolvers<void>();
    await open("/console/knowledge/a1", async () => {
      await gate.promise;
      return { ok: true, value: { file: CARD } };
    });
    const field = await body();
    field.focus();
    field.setSelectionRange(0, 0);
    paste(field, [picture]);
    expect(field.value).toMatch(/^!\[Uploading board-front\.png, 1…\]\(\)Within/);
    write(field, `${field.value} Or ask us.`);
    gate.resolve();
    const markdown = `![board front](${CARD.url})Within 14 days. Or ask us.`;
    await waitFor(() => expect(field.value).toBe(markdown));
    expect(app.editor.text.value.body).toBe(markdown);
  });

  it("that cannot be uploaded leave nothing behind, and it is said why", async () => {
    await open("/console/knowledge/a1", async () => ({ ok: false, fault: fault("too-large", "At most 10 MB") }));
    const field = await body();
    field.focus();
    field.setSelectionRange(0, 0);
    paste(field, [picture]);
    await waitFor(() => expect(field.value).toBe("Within 14 days."));
    await screen.findByText(/At most 10 MB/);
  });

  it("that come along with copied words are left out: the words are meant", async () => {
    let uploads = 0;
    await open("/console/knowledge/a1", async () => {
      uploads += 1;
      return { ok: true, value: { file: CARD } };
    });
    paste(await body(), [picture], "Words from a document");
    expect(uploads).toBe(0);
  });
});

describe("a collection", () => {
  it("is arranged with the arrow keys, and tells where an article went", async () => {
    await open("/console/collections/c1");
    const grip = await screen.findByRole("button", { name: "Move “Returns”" });
    fireEvent.keyDown(grip, { key: "ArrowDown" });
    await screen.findByText("Now 2 of 3");
    await waitFor(() => expect(asked.at(-1)).toContain('"articles":["a3","a1","a2"]'));
    const titles = () => [...document.querySelectorAll(".course-text")].map(({ textContent }) => textContent);
    expect(titles()).toEqual(["Refunds", "Returns", "退货"]);
  });

  it("is read from the first to the last, and what was read is ticked", async () => {
    await open("/console/collections/c1");
    fireEvent.click(await screen.findByText("Returns"));
    fireEvent.click(await screen.findByRole("button", { name: "Read, next" }));
    await screen.findByText("1 of 3 read");
    await screen.findByRole("heading", { name: "Refunds" });
  });
});
