import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeRoom } from "./log-room.ts";
import type { Store } from "./port.ts";
import { openSqlite } from "./sqlite.ts";

const ROOM_BYTES = 8_000 * 4_120;

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
  file = join(folder, "deskbell.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("Room in the write-ahead log", () => {
  test("is there from the start, and commits do not make the file grow", async () => {
    const store = await openSqlite(file, { roomy: true });
    expect(statSync(`${file}-wal`).size).toBe(ROOM_BYTES);
    for (let n = 0; n < 20; n++) await put(store, `${n}`);
    expect(statSync(`${file}-wal`).size).toBe(ROOM_BYTES);
    await store.close();
  });

  test("D1 takes nothing from a log that a crash left behind", async () => {
    const crashed = await openSqlite(file);
    await put(crashed, "kept");
    // Made while the first one is open, which has not folded its log into the file.
    const store = await openSqlite(file, { roomy: true });
    expect(await has(store, "kept")).toBe(true);
    await put(store, "later");
    expect(await has(store, "kept")).toBe(true);
    expect(await has(store, "later")).toBe(true);
    await store.close();
    await crashed.close();
  });

  test("is no error where the disk gives none", () => {
    expect(() => makeRoom("/dev/full", ROOM_BYTES)).not.toThrow();
  });
});

async function put(store: Store, key: string): Promise<void> {
  await store.write(async (db) => void (await db.sql.insertInto("meta").values({ key, value: "x" }).execute()));
}

async function has(store: Store, key: string): Promise<boolean> {
  const found = await store.read((db) =>
    db.sql.selectFrom("meta").select("key").where("key", "=", key).executeTakeFirst(),
  );
  return found !== undefined;
}
