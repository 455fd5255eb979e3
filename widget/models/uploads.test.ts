import { describe, expect, it, vi } from "vitest";
import type { App } from "../app.ts";
import { signal } from "../signals.ts";
import { createStorage } from "../storage.ts";
import { uploadsOf } from "./uploads.ts";

/** A file field's view of the app; memory only, as where storage is blocked. */
function open(files = { types: ["image", "text"], megabytes: 1 }) {
  const storage = createStorage("pk_test", false, undefined);
  const app = {
    storage,
    draft: { files: signal<string[]>([]), text: signal(""), set: vi.fn() },
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
});
