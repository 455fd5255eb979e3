import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeAnew } from "./log-anew.ts";
import { openSqlite } from "./sqlite.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("A write-ahead log that is written anew", () => {
  test("D1 is the same log, with the room that was made in it", async () => {
    const file = join(folder, "deskbell.db");
    const store = await openSqlite(file, { roomy: true });
    const row = { key: "kept", value: "x" };
    await store.write(async (db) => void (await db.sql.insertInto("meta").values(row).execute()));
    const log = join(folder, "copy-wal");
    copyFileSync(`${file}-wal`, log);
    await store.close();
    const before = readFileSync(log);
    const written = statSync(log, { bigint: true }).mtimeNs;
    writeAnew(log);
    expect(statSync(log, { bigint: true }).mtimeNs).toBeGreaterThan(written);
    expect(readFileSync(log).equals(before)).toBe(true);
  });

  test("D1 is nothing to serve from where the disk does not take it", () => {
    expect(() => writeAnew(folder)).toThrow(/^The disk does not take the write-ahead log .* EISDIR/);
  });
});
