import { beforeEach, describe, expect, it } from "vitest";
import { createPageStorage } from "../ui/fake-storage.ts";
import type { Vault } from "../ui/vault.ts";
import { openShelf } from "./shelf.ts";

describe("the shelf", () => {
  let vault: Storage;
  let lose: () => void;
  let opened: number;
  const openVault = async (prefix: string, page?: Storage, onLost = () => {}) => {
    opened += 1;
    lose = onLost;
    for (const [key, text] of Object.entries(page ?? {})) if (key.startsWith(prefix)) vault.setItem(key, text);
    return vault as Vault;
  };
  const noVault = () => Promise.reject(new Error("No database"));
  beforeEach(() => {
    vault = createPageStorage();
    opened = 0;
  });

  it("keeps texts in the page's own storage, and opens no database for that", async () => {
    const page = createPageStorage();
    (await openShelf(page, openVault)).set("draft.1", "half a sentence");
    const later = await openShelf(page, openVault);
    expect(later.get("draft.1")).toBe("half a sentence");
    expect(later.keys("draft.")).toEqual(["draft.1"]);
    expect([later.brief.value, opened]).toEqual([false, 0]);
  });

  it.each([
    ["blocked", () => undefined],
    ["full", () => createPageStorage(() => 20)],
  ])("D15 keeps texts in a database while the page's storage is %s", async (_, make) => {
    const page = make();
    const shelf = await openShelf(page, openVault);
    shelf.set("outbox.1", "a message that nobody has confirmed");
    expect(shelf.brief.value).toBe(false);
    const later = await openShelf(page, openVault);
    expect(later.get("outbox.1")).toBe("a message that nobody has confirmed");
    expect(later.keys("outbox.")).toEqual(["outbox.1"]);
  });

  it("D15 moves on to a database when the page's storage fills up while it works", async () => {
    let room = Number.POSITIVE_INFINITY;
    const page = createPageStorage(() => room);
    const shelf = await openShelf(page, openVault);
    room = 10;
    shelf.set("outbox.1", "longer than there is room for");
    expect(shelf.get("outbox.1")).toBe("longer than there is room for");
    await expect.poll(() => Object.keys(vault)).toContain("deskbell.console.outbox.1");
    expect(shelf.brief.value).toBe(false);
  });

  it("D15 says so where nothing keeps anything, and no longer once nothing is left to keep", async () => {
    const shelf = await openShelf(undefined, noVault);
    expect(shelf.brief.value).toBe(false);
    shelf.set("outbox.1", "a message");
    expect(shelf.get("outbox.1")).toBe("a message");
    expect(shelf.brief.value).toBe(true);
    shelf.set("outbox.1", undefined);
    expect([shelf.brief.value, shelf.keys("")]).toEqual([false, []]);
  });

  it("D15 says so when the database could not write something down", async () => {
    const shelf = await openShelf(undefined, openVault);
    shelf.set("outbox.1", "a message");
    expect(shelf.brief.value).toBe(false);
    lose();
    expect(shelf.brief.value).toBe(true);
  });

  it("looks into the database again when the page's mark says that something lies there", async () => {
    const page = createPageStorage();
    page.setItem("deskbell.console.vault", "1");
    vault.setItem("deskbell.console.outbox.1", "from a time when the page was full");
    expect((await openShelf(page, openVault)).get("outbox.1")).toBe("from a time when the page was full");
  });
});
