import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSqlite } from "./sqlite.ts";
import { damageOf } from "./wal-damage.ts";

let folder: string;
let wal: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
  const live = join(folder, "live.db");
  const database = new Database(live);
  database.pragma("journal_mode = wal");
  database.exec("create table t (x)");
  for (let n = 0; n < 50; n++) database.prepare("insert into t values (?)").run("x".repeat(200));
  // Copied while it is open: the last to close would empty it.
  wal = join(folder, "copy.db-wal");
  copyFileSync(`${live}-wal`, wal);
  database.close();
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("The write-ahead log", () => {
  test("is whole as SQLite writes it", () => {
    expect(damageOf(wal)).toBeUndefined();
    expect(damageOf(join(folder, "none"))).toBeUndefined();
  });

  test("D10 is damaged where any byte in the middle was flipped", () => {
    const whole = readFileSync(wal);
    for (const at of [17, 40, 60, Math.floor(whole.length / 2), whole.length - 9_000]) {
      const bytes = Buffer.from(whole);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      writeFileSync(wal, bytes);
      expect(damageOf(wal), `byte ${at}`).toMatch(/damaged/);
    }
  });

  test("is not damaged where the last commit was not finished", () => {
    truncateSync(wal, readFileSync(wal).length - 1_000);
    expect(damageOf(wal)).toBeUndefined();
  });

  test("is not damaged where room was made and nothing, or little, was written", () => {
    const written = readFileSync(wal);
    const room = Buffer.alloc(written.length + 100_000);
    writeFileSync(wal, room);
    expect(damageOf(wal)).toBeUndefined();
    written.copy(room);
    writeFileSync(wal, room);
    expect(damageOf(wal)).toBeUndefined();
  });

  test("D10 makes the store open under a new epoch, and say so, where it lost its end", async () => {
    const file = join(folder, "desk.db");
    const store = await openSqlite(file);
    for (let n = 0; n < 20; n++) {
      await store.write((db) =>
        db.sql
          .insertInto("meta")
          .values({ key: `n${n}`, value: "x" })
          .execute(),
      );
    }
    const crashed = join(folder, "crashed.db");
    for (const kind of ["", "-wal"]) copyFileSync(file + kind, crashed + kind);
    await store.close();
    const bytes = readFileSync(`${crashed}-wal`);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 30_000) ^ 1, bytes.length - 30_000);
    writeFileSync(`${crashed}-wal`, bytes);
    const alarms: string[] = [];
    const again = await openSqlite(crashed, { alarm: (what) => alarms.push(what) });
    expect(again.epoch).not.toBe(store.epoch);
    expect(alarms).toHaveLength(1);
    await again.close();
  });
});
