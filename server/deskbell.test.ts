import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSqlite } from "./store/sqlite.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function deskbell(...args: string[]) {
  const script = join(import.meta.dirname, "deskbell.mjs");
  return spawnSync(process.execPath, [script, ...args], {
    env: { ...process.env, DATA_DIR: folder },
    encoding: "utf8",
  });
}

describe("The command line", () => {
  test("backs up and restores under a new epoch", { timeout: 90_000 }, async () => {
    const store = await openSqlite(join(folder, "deskbell.db"));
    const { epoch } = store;
    const file = join(folder, "copy.db");
    expect(deskbell("backup", file)).toMatchObject({ status: 0 });
    await store.close();
    expect(existsSync(file)).toBe(true);
    const restored = deskbell("restore", file);
    expect(restored).toMatchObject({ status: 0 });
    expect(restored.stdout).toMatch(/under a new epoch/);
    const again = await openSqlite(join(folder, "deskbell.db"));
    expect(again.epoch).not.toBe(epoch);
    await again.close();
  });

  test("says what there is where it is asked for nothing, or for what there is not", () => {
    for (const args of [[], ["explode"], ["constructor"]]) {
      const { status, stderr } = deskbell(...args);
      expect(status).toBe(1);
      expect(stderr).toMatch(/deskbell backup FILE/);
    }
  });

  test.each(["import", "export"])("says at %s that the log was damaged, as the server would have", async (command) => {
    const live = mkdtempSync(join(tmpdir(), "deskbell-"));
    const store = await openSqlite(join(live, "deskbell.db"));
    for (const key of ["one", "two", "three"])
      await store.write((db) => db.sql.insertInto("meta").values({ key, value: key }).execute());
    for (const name of ["deskbell.db", "deskbell.db-wal"]) copyFileSync(join(live, name), join(folder, name));
    await store.close();
    rmSync(live, { recursive: true });
    const log = readFileSync(join(folder, "deskbell.db-wal"));
    log.writeUInt8(log.readUInt8(200) ^ 1, 200);
    writeFileSync(join(folder, "deskbell.db-wal"), log);
    expect(deskbell(command, folder, "--site", "pk_none").stderr).toMatch(/^The write-ahead log is damaged at byte 32/);
  });

  test("says in one sentence what is wrong", () => {
    const { status, stderr } = deskbell("restore", join(folder, "nothing.db"));
    expect(status).toBe(1);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
