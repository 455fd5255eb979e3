import { cleanup, fireEvent, render } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fault } from "../../protocol/faults.ts";
import type { App } from "../app.ts";
import { Surround } from "../context.ts";
import type { Http, Suggestion } from "../http.ts";
import { createCounter, snapshot } from "../test/counter.ts";
import { Panel } from "./panel.tsx";

const FOUND: Suggestion = {
  id: "a1",
  slug: "refund",
  title: "Refund a booking",
  excerpt: "In full or in part",
  locale: "en",
  score: 0.9,
  marks: [[0, 6]],
};

let app: App;
let close: () => void;
let suggest: ReturnType<typeof vi.fn<Http["suggest"]>>;
let counter: ReturnType<typeof createCounter>;

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  suggest = vi.fn<Http["suggest"]>(async ({ q }) => (q ? [FOUND] : []));
  counter = createCounter({ http: { suggest } });
  app = counter.app;
  close = vi.fn(() => {
    app.place.open.value = false;
  });
});

afterEach(() => {
  cleanup();
  app.dispose();
  vi.unstubAllGlobals();
});

function open() {
  const view = render(
    <Surround app={app} adopt={() => {}} close={close} failed={() => {}}>
      <Panel />
    </Surround>,
  );
  app.place.open.value = true;
  return view;
}

async function field(view: ReturnType<typeof open>) {
  return (await view.findByRole("textbox", { hidden: true })) as HTMLTextAreaElement;
}

const type = (into: HTMLTextAreaElement, text: string) => fireEvent.input(into, { target: { value: text } });

describe("the panel", () => {
  it("answers while the visitor types, with the matched words marked, and asks nothing of a person", async () => {
    const view = open();
    type(await field(view), "refund please");
    const mark = await vi.waitUntil(() => view.container.querySelector("mark"));
    expect(mark.textContent).toBe("Refund");
    expect(counter.heard).toEqual([]);
    expect(counter.desk.session.link).toBeUndefined();
  });

  it("leads with ↓ and ↑ from what is typed through the answers and back, and with no key of an input method", async () => {
    suggest.mockResolvedValue(["a1", "a2"].map((id) => ({ ...FOUND, id })));
    const view = open();
    const text = await field(view);
    text.focus();
    type(text, "refund please");
    const [first, second] = await vi.waitUntil(() => {
      const found = view.container.querySelectorAll<HTMLElement>("[data-answer]");
      return found.length > 0 && [...found];
    });
    const stood = [];
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"]) {
      fireEvent.keyDown(document.activeElement ?? text, { key, isComposing: true });
      fireEvent.keyDown(document.activeElement ?? text, { key });
      await new Promise((done) => setTimeout(done));
      stood.push(document.activeElement);
    }
    expect(stood).toEqual([first, second, second, first, text]);
    expect(text.value).toBe("refund please");
  });

  it("leaves ↓ to a question of several lines until the caret stands on the last", async () => {
    const view = open();
    const text = await field(view);
    text.focus();
    type(text, "refund please, for a question that takes more than the one line that it has");
    const first = await vi.waitUntil(() => view.container.querySelector("[data-answer]"));
    const presses = async (moves: () => void) => {
      fireEvent.keyDown(text, { key: "ArrowDown" });
      // What the browser does with the key.
      moves();
      await new Promise((done) => setTimeout(done));
      return document.activeElement;
    };
    text.setSelectionRange(0, 0);
    expect(await presses(() => text.setSelectionRange(40, 40))).toBe(text);
    expect(await presses(() => text.setSelectionRange(text.value.length, text.value.length))).toBe(text);
    expect(await presses(() => {})).toBe(first);
  });

  it("leaves an empty field the panel's own direction, for what it says of itself, and a text its own", async () => {
    const text = await field(open());
    expect(text.hasAttribute("dir")).toBe(false);
    type(text, "مرحبا");
    await vi.waitFor(() => expect(text.getAttribute("dir")).toBe("auto"));
  });

  it("says that the team is waited for while somebody waits, and not before they wrote nor when it is over", async () => {
    const view = open();
    const head = () => view.container.querySelector(".agent")?.textContent;
    app.chat();
    await vi.waitFor(() => expect(head()).toBe("Help"));
    counter.store({ type: "posted", text: "Where is it?" });
    await counter.settle();
    counter.hello({ conversations: [snapshot(counter.log)], events: [...counter.log] });
    await vi.waitFor(() => expect(head()).toBe("Waiting for the teamWe keep your messages if you close this"));
    counter.push(counter.store({ type: "resolved", episode: 1 }));
    await counter.settle();
    await vi.waitFor(() => expect(head()).toMatch(/^HelpResolved/));
  });

  it("asks for a reload where the server speaks another version, in words and not by itself", async () => {
    const view = open();
    counter.desk.session.start();
    counter.pair.cut();
    counter.pair.refuse(fault("unsupported-version", "This server speaks version 2"));
    await view.findByText("A newer version is out. Reload the page to continue.");
    expect(view.queryByText(/No connection/)).toBeNull();
  });

  it("does not send with the Enter that confirms a Chinese word", async () => {
    const view = open();
    const text = await field(view);
    type(text, "退款");
    fireEvent.keyDown(text, { key: "Enter", keyCode: 229 });
    fireEvent.keyDown(text, { key: "Enter", isComposing: true });
    expect(counter.desk.outbox.pending.value).toEqual([]);
    fireEvent.keyDown(text, { key: "Enter" });
    expect(counter.desk.outbox.pending.value.map(({ post }) => post.text)).toEqual(["退款"]);
  });

  it("never rewrites the field while a word is being composed", async () => {
    const view = open();
    const text = await field(view);
    fireEvent.compositionStart(text);
    text.value = "ni hao";
    fireEvent(text, new InputEvent("input", { isComposing: true, bubbles: true }));
    app.focus.value += 1;
    await vi.waitFor(() => expect(text.value).toBe("ni hao"));
    expect(app.draft.text.value).toBe("");
    text.value = "你好";
    fireEvent.compositionEnd(text);
    expect(app.draft.text.value).toBe("你好");
  });

  it("goes to a person with what was typed and what had been shown", async () => {
    const view = open();
    type(await field(view), "refund please");
    await vi.waitUntil(() => view.container.querySelector("mark"));
    fireEvent.click(view.getByText("Send to a person"));
    expect(app.place.current.value.view).toBe("chat");
    expect(counter.desk.outbox.pending.value[0]?.post).toMatchObject({
      text: "refund please",
      asked: { q: "refund please", shown: ["a1"] },
      page: { url: "https://shop.test/" },
    });
  });

  it("goes with what was read of that, told once", async () => {
    const view = open();
    type(await field(view), "refund please");
    await vi.waitUntil(() => view.container.querySelector("mark"));
    (await app.reader.need()).read.push("a1");
    fireEvent.click(view.getByText("Send to a person"));
    app.place.go({ view: "home" });
    type(await field(view), "refund please");
    await vi.waitUntil(() => app.suggestions.answer.value);
    app.send();
    expect(counter.desk.outbox.pending.value.map(({ post }) => post.asked)).toEqual([
      { q: "refund please", shown: ["a1"], read: ["a1"] },
      { q: "refund please", shown: ["a1"] },
    ]);
  });

  it("keeps what is to be sent in the field until it can be, through a failed loading as well", async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let asked = 0;
    counter = createCounter({ http: { suggest }, comes: () => gates[asked++]?.promise ?? Promise.resolve() });
    app = counter.app;
    const view = open();
    type(await field(view), "Where is my order?");
    fireEvent.keyDown(await field(view), { key: "Enter" });
    fireEvent.keyDown(await field(view), { key: "Enter" });
    expect([asked, (await field(view)).value]).toEqual([1, "Where is my order?"]);
    gates[0]?.reject(new Error("No network"));
    gates[1]?.reject(new Error("No network"));
    const again = await view.findByText("Try again");
    expect((await field(view)).value).toBe("Where is my order?");
    fireEvent.click(again);
    await vi.waitFor(() => expect(app.desk.made.value).toBeDefined());
    fireEvent.keyDown(await field(view), { key: "Enter" });
    expect(counter.desk.outbox.pending.value.map(({ post }) => post.text)).toEqual(["Where is my order?"]);
    await vi.waitFor(async () => expect((await field(view)).value).toBe(""));
  });

  it("closes at Escape", async () => {
    const view = open();
    fireEvent.keyDown(await field(view), { key: "Escape" });
    expect(close).toHaveBeenCalled();
  });

  it("shows a conversation with its day, its people and what became of each message", async () => {
    counter.store({ type: "posted", text: "See https://shop.test/a, please" });
    counter.store({ type: "joined", agent: { id: "a", name: "Mara Lindqvist" } as never });
    counter.desk.session.start();
    await counter.settle();
    counter.hello({ conversations: [snapshot(counter.log)], events: [...counter.log] });
    app.chat();
    const view = open();
    await vi.waitUntil(() => view.container.querySelector(".bubble a"));
    expect(view.container.querySelector(".bubble a")?.getAttribute("href")).toBe("https://shop.test/a");
    await vi.waitUntil(() => view.container.textContent?.includes("Mara joined"));
    type(await field(view), "Thanks");
    fireEvent.keyDown(await field(view), { key: "Enter" });
    await vi.waitFor(() => expect(view.container.textContent).toContain("Sending"));
    await counter.settle();
    await vi.waitFor(() => expect(view.container.textContent).toContain("Sent"));
  });

  it("offers no “My problem is solved” where there is no connection to say it by", async () => {
    counter.store({ type: "posted", text: "Try the other cable" });
    counter.desk.session.start();
    await counter.settle();
    counter.hello({ conversations: [snapshot(counter.log)], events: [...counter.log] });
    app.chat();
    const view = open();
    fireEvent.click(await view.findByRole("button", { name: "More options", hidden: true }));
    await view.findByText("My problem is solved");
    counter.pair.cut();
    await vi.waitFor(() => expect(view.queryByText("My problem is solved")).toBeNull());
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Message sound"));
  });

  it("names an over-long text and does not send it", async () => {
    const view = open();
    const text = await field(view);
    type(text, "x".repeat(10_003));
    await view.findByText("3 characters over the limit");
    fireEvent.keyDown(text, { key: "Enter" });
    expect(counter.desk.outbox.pending.value).toEqual([]);
  });
});
