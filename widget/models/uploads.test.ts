import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { App } from "../app.ts";
import { signal } from "../signals.ts";
import { createStorage } from "../storage.ts";
import { createDraft } from "./draft.ts";
import { uploadsOf } from "./uploads.ts";

/** A file field's view of the app; memory only, as where storage is blocked. */
function open(files = { types: ["image", "text"], megabytes: 1 }) {
  const storage = createStorage("pk_test", false, undefined);
  const app = {
    storage,
    draft: { ...createDraft(storage), set: vi.fn() },
    outbox: { takeBack: vi.fn(() => "") },
    config: { host: "https://desk.example", options: { site: "pk_test" } },
    site: { config: signal({ files }) },
    focus: signal(0),
  };
  return { app, uploads: uploadsOf(app as unknown as App), storage };
}
const text = (name: string, size = 5) => new File([new Uint8Array(size)], name, { type: "text/plain" });

describe("uploads", () => {
  it("keep what was chosen, in the order of choosing, until it is taken out", async () => {
    const { app, uploads, storage } = open();
    uploads.stage([text("a.txt"), text("b.txt")]);
    const [a = "", b = ""] = app.draft.files.value;
    expect((await uploads.find(a)).name).toBe("a.txt");
    expect(storage.get("files")).toEqual([a, b]);
    uploads.unstage(a);
    expect(app.draft.files.value).toEqual([b]);
  });

  it("say at once what cannot go, and leave it out", () => {
    const { app, uploads } = open();
    const films = new File(["x"], "film.mp4", { type: "video/mp4" });
    const photo = new File(["x"], "IMG_1.HEIC", { type: "image/heic" });
    uploads.stage([
      text("big.txt", 1_000_001),
      films,
      photo,
      ...Array.from({ length: 11 }, (_, n) => text(`${n}.txt`)),
    ]);
    expect(app.draft.files.value).toHaveLength(10);
    expect(uploads.refused.value.map(({ name, wrong }) => [name, wrong.value])).toEqual([
      ["big.txt", "tooBig"],
      ["film.mp4", "type"],
      ["IMG_1.HEIC", "type"],
      ["10.txt", "tooMany"],
    ]);
  });

  it("refuse for good a message whose file is nowhere any more", async () => {
    const { uploads } = open();
    const send = vi.fn();
    const reply = await uploads.deliver({ type: "post", files: ["gone"], text: "" } as never, send);
    expect(reply).toMatchObject({ ok: false, fault: { code: "not-found", retry: "never" } });
    expect((await uploads.find("gone")).wrong.value).toBe("gone");
    expect(send).not.toHaveBeenCalled();
  });

  it("D5 tell a server that forgot them once more, and not for ever one that does not take them", async () => {
    class Heard extends EventTarget {
      upload = {};
      status = 201;
      responseText = "{}";
      onload = () => {};
      open() {}
      setRequestHeader() {}
      send() {
        queueMicrotask(() => this.onload());
      }
    }
    vi.stubGlobal("XMLHttpRequest", Heard);
    const { app, uploads } = open();
    uploads.stage([text("a.txt")]);
    const fault = { code: "not-found", message: "Cannot post: no such file", field: "files", retry: "never" };
    const send = vi.fn(async () => ({ ok: false, fault }) as never);
    const post = { type: "post", id: "m1", files: app.draft.files.value, text: "" } as never;
    expect(await uploads.deliver(post, send)).toMatchObject({ fault: { code: "unavailable", retry: "after" } });
    expect(await uploads.deliver(post, send)).toMatchObject({ fault });
    vi.unstubAllGlobals();
  });

  describe("where no upload gets through", () => {
    beforeEach(() => {
      class Unheard extends EventTarget {
        upload = {};
        onerror = () => {};
        open() {}
        setRequestHeader() {}
        send() {
          queueMicrotask(() => this.onerror());
        }
      }
      vi.stubGlobal("XMLHttpRequest", Unheard);
    });
    afterEach(() => void vi.unstubAllGlobals());

    async function delivers(file: File) {
      const { app, uploads } = open();
      uploads.stage([file]);
      const files = app.draft.files.value;
      const reply = await uploads.deliver({ type: "post", files, text: "" } as never, vi.fn());
      return { reply, held: await uploads.find(files[0] ?? "") };
    }

    it("are given up where nothing moves, and not while anything does", async () => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      const upload: { onprogress?(progress: { loaded: number }): void } = {};
      const abort = vi.fn();
      class Silent extends EventTarget {
        upload = upload;
        open() {}
        setRequestHeader() {}
        send() {}
        abort = abort;
      }
      vi.stubGlobal("XMLHttpRequest", Silent);
      let delivered: unknown;
      const under = delivers(text("a.txt")).then((all) => (delivered = all));
      await vi.waitFor(() => expect(upload.onprogress).toBeDefined());
      await vi.advanceTimersByTimeAsync(40_000);
      upload.onprogress?.({ loaded: 1 });
      await vi.advanceTimersByTimeAsync(40_000);
      expect([delivered, abort.mock.calls.length]).toEqual([undefined, 0]);
      await vi.advanceTimersByTimeAsync(10_000);
      vi.useRealTimers();
      const { reply, held } = await under;
      expect(reply).toMatchObject({ ok: false, unheard: "file", fault: { code: "unavailable", retry: "after" } });
      expect([held.wrong.value, abort.mock.calls.length]).toEqual([undefined, 1]);
    });

    it("say that nobody answered, and not that the server is busy", async () => {
      const { reply, held } = await delivers(text("a.txt"));
      expect(reply).toMatchObject({ ok: false, unheard: "file", fault: { code: "unavailable", retry: "after" } });
      expect(held.wrong.value).toBeUndefined();
    });

    it("give up a file that cannot be read any more, so that what was written later goes on", async () => {
      const file = text("a.txt");
      file.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) }) as never;
      const { reply, held } = await delivers(file);
      expect(reply).toMatchObject({ ok: false, fault: { code: "invalid", retry: "never" } });
      expect(held.wrong.value).toBe("unread");
    });
  });
});
