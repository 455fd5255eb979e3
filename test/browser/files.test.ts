import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { photo } from "../support/pictures.ts";
import { openStage, type Stage } from "./stage.ts";
import { blockDatabases } from "./stores.ts";
import type { Visitor } from "./visitor.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

const PDF = Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

/** By the paper clip, in the browser's own picker. */
async function choose(visitor: Visitor, ...files: { name: string; mimeType: string; buffer: Buffer }[]) {
  const picker = visitor.page.waitForEvent("filechooser");
  await visitor.presses("composer.attach");
  await (await picker).setFiles(files);
}

/** What the clipboard or a drag brings. */
const bring = (visitor: Visitor, how: "paste" | "drop", name: string, type: string, bytes: Buffer) =>
  visitor.panel.evaluate(
    (panel, { how, name, type, text }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(text), (char) => char.charCodeAt(0))], name, { type }));
      const init = { bubbles: true, cancelable: true };
      const event =
        how === "paste"
          ? new ClipboardEvent("paste", { ...init, clipboardData: data })
          : new DragEvent("drop", { ...init, dataTransfer: data });
      panel.querySelector("textarea")?.dispatchEvent(event);
    },
    { how, name, type, text: bytes.toString("base64") },
  );

test("a visitor sends a photograph and a document; the agent sees both and answers with one", async () => {
  const visitor = await stage.visitor("en", "/");
  await opensChat(visitor);
  await visitor.types("My order arrived like this");
  const bytes = await photo({ width: 900, height: 600 });
  await choose(visitor, { name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer: bytes });
  await choose(visitor, { name: "receipt.pdf", mimeType: "application/pdf", buffer: PDF });
  await visitor.panel.locator(".staged .file").nth(1).waitFor();
  await visitor.presses("composer.send");
  const message = visitor.bubble("My order arrived like this");
  const picture = message.getByRole("button", { name: "Show IMG_0001.jpg" });
  await picture.waitFor();
  expect(await visitor.panel.getByRole("button", { name: visitor.say("composer.send") }).isDisabled()).toBe(true);
  // Upright, and of its size before it came: nothing moved.
  const img = picture.locator("img");
  expect([await img.getAttribute("width"), await img.getAttribute("height")]).toEqual(["600", "900"]);
  await message.getByRole("link", { name: /receipt\.pdf/ }).waitFor();

  await picture.click();
  const viewer = visitor.widget.getByRole("dialog", { name: "IMG_0001.jpg" });
  await viewer.waitFor();
  await visitor.page.keyboard.press("Escape");
  await viewer.waitFor({ state: "hidden" });
  expect(await visitor.panel.isVisible()).toBe(true);

  const agent = await stage.agent();
  await agent.opens("My order arrived like this");
  await agent.thread.getByRole("img", { name: "IMG_0001.jpg" }).waitFor();
  await agent.thread.getByRole("link", { name: /receipt\.pdf/ }).waitFor();
  await agent.writer.locator('input[type="file"]').setInputFiles({
    name: "label.pdf",
    mimeType: "application/pdf",
    buffer: PDF,
  });
  await agent.writer.getByText("label.pdf", { exact: true }).waitFor();
  await agent.answers("Please send it back with this label.");
  await visitor.panel.getByRole("link", { name: /label\.pdf/ }).waitFor();
});

test("pasted and dropped, on its own and without words; a refusal stands beside the file, before sending", async () => {
  const visitor = await stage.visitor("zh-Hans", "/zh/");
  await opensChat(visitor);
  await bring(visitor, "paste", "image.png", "image/jpeg", await photo());
  await visitor.panel.locator(".staged .file").waitFor();
  await bring(visitor, "drop", "big.csv", "text/csv", Buffer.alloc(10_000_001, "a"));
  await visitor.panel.getByText("文件超过 10 MB").waitFor();
  await visitor.panel.getByRole("button", { name: "移除 big.csv" }).click();
  await visitor.presses("composer.send");
  await visitor.panel.locator("button.picture img").waitFor();
  await visitor.panel.getByText(visitor.say("msg.sent")).waitFor();
});

test("where what files need cannot be fetched the visitor is told, and nothing that was dropped is lost", async () => {
  const visitor = await stage.visitor("en", "/");
  const { page, panel } = visitor;
  const part = /\/files-\w/;
  await page.route(part, (route) => route.abort());
  await visitor.rings();
  await panel.getByRole("button", { name: visitor.say("composer.attach") }).waitFor();
  await bring(visitor, "drop", "image.png", "image/jpeg", await photo());
  const failed = panel.getByRole("status").filter({ hasText: visitor.say("error.load") });
  await failed.waitFor();
  await bring(visitor, "drop", "receipt.pdf", "application/pdf", PDF);
  await failed.getByRole("button").click();
  await failed.waitFor();
  await page.unroute(part);
  await failed.getByRole("button").click();
  await panel.locator(".staged .file").nth(1).waitFor();
  expect(await panel.locator(".staged .file").count()).toBe(2);
  await failed.waitFor({ state: "hidden" });
  await page.context().close();
});

test("what was lost comes too, once something else can be had, and nothing says any more that it could not", async () => {
  const visitor = await stage.visitor("en", "/");
  const { page, panel } = visitor;
  const part = /\/files-\w/;
  await page.route(part, (route) => route.abort());
  await opensChat(visitor);
  await bring(visitor, "drop", "image.png", "image/jpeg", await photo());
  const failed = panel.getByRole("status").filter({ hasText: visitor.say("error.load") });
  await failed.waitFor();
  await page.unroute(part);
  await visitor.presses("composer.emoji");
  await panel.locator(".staged .file").first().waitFor();
  expect(await panel.locator(".staged .file").count()).toBe(1);
  await failed.waitFor({ state: "hidden" });
  await page.context().close();
});

test("a first question carries a file; what it needs comes at its first use, and what was dropped waits for it", async () => {
  const visitor = await stage.visitor("en", "/");
  const { page } = visitor;
  const parts: string[] = [];
  let comes = () => {};
  const held = new Promise<void>((done) => {
    comes = done;
  });
  await page.route(/\/assets\/files-/, async (route) => {
    parts.push(route.request().url());
    await held;
    await route.continue();
  });
  await visitor.rings();
  await visitor.panel.getByRole("button", { name: visitor.say("composer.attach") }).waitFor();
  expect(parts).toEqual([]);
  await bring(visitor, "drop", "image.png", "image/jpeg", await photo());
  await bring(visitor, "drop", "receipt.pdf", "application/pdf", PDF);
  await expect.poll(() => parts.length).toBe(1);
  comes();
  await visitor.panel.locator(".staged .file").nth(1).waitFor();
  expect(await visitor.panel.locator(".staged .file").count()).toBe(2);
  await visitor.composer.fill("It came like this");
  await visitor.sendsToAPerson();
  await visitor.panel.locator("button.picture img").waitFor();
  await visitor.panel.getByRole("link", { name: /receipt\.pdf/ }).waitFor();
  await visitor.sent("It came like this");
});

test("D15 a file on its way survives a reload and is sent once", async () => {
  const visitor = await stage.visitor("en", "/");
  await opensChat(visitor);
  const held = await holdUploads(visitor.page);
  await visitor.types("Here is the file");
  await choose(visitor, { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("some words") });
  await visitor.presses("composer.send");
  await expect.poll(() => held.count()).toBe(1);
  await held.letGo();
  await visitor.page.reload();
  await visitor.rings();
  await visitor.page.locator(".resume").click();
  const message = visitor.bubble("Here is the file");
  await message.getByRole("link", { name: /notes\.txt/ }).waitFor();
  expect(await message.count()).toBe(1);
});

test("D15 a file that was sent does not stand in the field of the next page again", async () => {
  const visitor = await stage.visitor("en", "/");
  await opensChat(visitor);
  await choose(visitor, { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("some words") });
  await visitor.types("Here it is");
  await visitor.presses("composer.send");
  await visitor.sent("Here it is");
  await visitor.page.reload();
  await visitor.rings();
  await visitor.page.locator(".resume").click();
  await visitor.bubble("Here it is").waitFor();
  expect(await visitor.panel.getByRole("button", { name: visitor.say("composer.send") }).isDisabled()).toBe(true);
  await visitor.writes("It is the newest");
  await visitor.sent("It is the newest");
});

test("a large file goes in pieces; after a reload it goes on where the server stands, and arrives whole", async () => {
  const visitor = await stage.visitor("en", "/");
  await opensChat(visitor);
  const { page } = visitor;
  const bytes = Buffer.from(Array.from({ length: 400_000 }, (_, n) => `line ${n}\n`).join(""));
  const sent: { from: number; bytes: number }[] = [];
  const third = Promise.withResolvers<void>();
  let stuck = true;
  await page.route(/\/files\?from=/, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get("from"));
    if (stuck && from >= 2_000_000) return third.resolve();
    sent.push({ from, bytes: route.request().postDataBuffer()?.length ?? 0 });
    return route.continue();
  });
  await visitor.types("Here is the log");
  await choose(visitor, { name: "long.txt", mimeType: "text/plain", buffer: bytes });
  await visitor.presses("composer.send");
  await third.promise;
  expect(sent.map(({ from }) => from)).toEqual([0, 1_000_000]);
  // Before the page is loaded, not after: it goes on by itself, while its pictures may still be coming.
  sent.length = 0;
  stuck = false;
  await page.reload();
  await visitor.rings();
  await page.locator(".resume").click();
  const link = visitor.bubble("Here is the log").getByRole("link", { name: /long\.txt/ });
  await link.waitFor();
  // Asked first, with nothing but the form around it.
  expect(sent[0]?.from).toBe(0);
  expect(sent[0]?.bytes).toBeLessThan(1_000);
  expect(sent.slice(1).map(({ from }) => from)).toEqual([2_000_000, 3_000_000, 4_000_000]);
  const served = await fetch((await link.getAttribute("href")) ?? "");
  expect(Buffer.compare(Buffer.from(await served.arrayBuffer()), bytes)).toBe(0);
});

test("an upload is taken back by its button; its words return to the field", async () => {
  const visitor = await stage.visitor("en", "/");
  await opensChat(visitor);
  const held = await holdUploads(visitor.page);
  await visitor.types("Not this one");
  await choose(visitor, { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("some words") });
  await visitor.presses("composer.send");
  await expect.poll(() => held.count()).toBe(1);
  await visitor.presses("file.cancel");
  await expect.poll(() => visitor.composer.inputValue()).toBe("Not this one");
  expect(await visitor.bubble("Not this one").count()).toBe(0);
  await held.letGo();
});

test("what the server refuses stands in the thread with its reason", async () => {
  const visitor = await stage.visitor("en", "/");
  await opensChat(visitor);
  const program = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(300)]);
  await choose(visitor, { name: "invoice.pdf", mimeType: "application/pdf", buffer: program });
  await visitor.types("The invoice");
  await visitor.presses("composer.send");
  await visitor.panel.getByText(visitor.say("file.type")).waitFor();
});

test("a file that was changed after it was chosen goes as it was, where the browser keeps a copy", async () => {
  const visitor = await stage.visitor("en", "/");
  await opensChat(visitor);
  const change = await chooseFromDisk(visitor, "notes.txt", "as it was");
  await expect.poll(() => copyKept(visitor.page)).toBe(true);
  await change();
  await visitor.types("Here are my notes");
  await visitor.presses("composer.send");
  const link = visitor.bubble("Here are my notes").getByRole("link", { name: /notes\.txt/ });
  const served = await fetch((await link.getAttribute("href")) ?? "");
  expect(await served.text()).toBe("as it was");
  await visitor.page.context().close();
});

test("D5 a file that can be read nowhere any more says so, and does not hold up what was written later", async () => {
  const visitor = await stage.visitor("en", "/");
  await visitor.page.addInitScript(blockDatabases);
  await visitor.page.reload();
  await opensChat(visitor);
  const change = await chooseFromDisk(visitor, "notes.txt", "as it was");
  await change();
  await visitor.types("Here are my notes");
  await visitor.presses("composer.send");
  await visitor.bubble("Here are my notes").getByText(visitor.say("file.unread")).waitFor();
  await visitor.writes("Have you got them?");
  await visitor.sent("Have you got them?");
  await visitor.page.context().close();
});

test("after signing out, no file is left in the browser", async () => {
  const visitor = await stage.visitor("en", "/");
  await opensChat(visitor);
  await choose(visitor, { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("some words") });
  const stores = () => visitor.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  await expect.poll(stores).toContainEqual(expect.stringMatching(/^deskbell:pk_.*:files$/));
  await visitor.page.evaluate(() => (window as unknown as { Deskbell: (verb: string) => void }).Deskbell("logout"));
  await expect.poll(stores).not.toContainEqual(expect.stringMatching(/:files$/));
});

/** Where files can be attached: they come with the chat, not before. */
async function opensChat(visitor: Visitor): Promise<void> {
  await visitor.rings();
  await visitor.sendsToAPerson();
  await visitor.panel.getByRole("button", { name: visitor.say("composer.attach") }).waitFor();
}

/** Chooses a file of the visitor's disk; what is returned changes it there, as another program does. */
async function chooseFromDisk(visitor: Visitor, name: string, text: string): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "deskbell-files-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, text);
  const picker = visitor.page.waitForEvent("filechooser");
  await visitor.presses("composer.attach");
  await (await picker).setFiles(path);
  await visitor.panel.locator(".staged .file").waitFor();
  return async () => {
    await writeFile(path, `${text}, and more`);
    // Browsers compare whole seconds.
    await utimes(path, new Date(), Date.now() / 1_000 + 60);
  };
}

/**
 * Lets the browser's database hold the bytes of the file that waits there, as that of a lasting profile does; in a window
 * like ours it only points at the disk. Returns whether one waits.
 */
const copyKept = (page: Page) =>
  page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((settle) => {
        request.onsuccess = () => settle(request.result);
      });
    const name = (await indexedDB.databases()).find(({ name }) => name?.endsWith(":files"))?.name;
    if (!name) return false;
    const database = await asked(indexedDB.open(name));
    const store = () => database.transaction("files", "readwrite").objectStore("files");
    const [id] = await asked(store().getAllKeys());
    if (id) {
      const kept = await asked(store().get(id));
      const bytes = await kept.blob.arrayBuffer();
      await asked(store().put({ ...kept, blob: new Blob([bytes]) }, id));
    }
    database.close();
    return id !== undefined;
  });

/** Keeps uploads on the line, unanswered, until they are let go. */
async function holdUploads(page: Page) {
  let count = 0;
  await page.route(/\/api\/widget\/[^/]+\/files$/, (route) => {
    if (route.request().method() !== "POST") return route.continue();
    count += 1;
  });
  return { count: () => count, letGo: () => page.unroute(/\/api\/widget\/[^/]+\/files$/) };
}
