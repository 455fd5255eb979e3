import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
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

  test("says in one sentence what is wrong", () => {
    const { status, stderr } = deskbell("restore", join(folder, "nothing.db"));
    expect(status).toBe(1);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
