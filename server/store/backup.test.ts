import { copyFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backup, restore } from "./backup.ts";
import { holdFolder } from "./lock.ts";
import type { Store } from "./port.ts";
import { openSqlite } from "./sqlite.ts";

/* A disk that damages what it copies or moves, where a test says so. */
const disk = vi.hoisted(() => ({ copied: (_: string) => {}, moved: (_: string) => {} }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const and = (act: (from: string, to: string) => void, then: "copied" | "moved") => (from: string, to: string) => {
    act(from, to);
    disk[then](to);
  };
  return { ...fs, copyFileSync: and(fs.copyFileSync, "copied"), renameSync: and(fs.renameSync, "moved") };
});

let folder: string;
let database: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-backup-"));
  database = join(folder, "deskbell.db");
});
afterEach(() => {
  Object.assign(disk, { copied: () => {}, moved: () => {} });
  rmSync(folder, { recursive: true, force: true });
});

const keep = (store: Store, key: string) =>
  store.write((db) => db.sql.insertInto("meta").values({ key, value: key }).execute());
const kept = (store: Store) => store.read((db) => db.sql.selectFrom("meta").select("key").orderBy("key").execute());

test("D10 a backup taken while the server writes comes back whole, under a new epoch", async () => {
  const store = await openSqlite(database);
  await keep(store, "before");
  await backup(database, join(folder, "copy.db"));
  await keep(store, "after");
  const { epoch } = store;
  await store.close();

  const old = await restore(join(folder, "copy.db"), database, Date.now());
  const restored = await openSqlite(database);
  expect((await kept(restored)).map((row) => row.key)).toEqual(["before", "epoch"]);
  expect(restored.epoch).not.toBe(epoch);
  await restored.close();

  const before = await openSqlite(String(old));
  expect((await kept(before)).map((row) => row.key)).toEqual(["after", "before", "epoch"]);
  await before.close();
});

test("a backup ends beside a server that never rests", async () => {
  const store = await openSqlite(database);
  await store.write(async (db) => {
    for (let n = 0; n < 3_000; n++) {
      const key = `${n}`.padEnd(4_000, "-");
      await db.sql.insertInto("meta").values({ key, value: key }).execute();
    }
  });
  let over = false;
  const writing = (async () => {
    for (let n = 0; !over; n++) await keep(store, `more ${n}`);
  })();
  await backup(database, join(folder, "copy.db")).finally(() => {
    over = true;
  });
  await writing;
  await store.close();
}, 20_000);

test("a backup overwrites nothing", async () => {
  await (await openSqlite(database)).close();
  writeFileSync(join(folder, "copy.db"), "mine");
  await expect(backup(database, join(folder, "copy.db"))).rejects.toThrow("exists already");
  expect(readFileSync(join(folder, "copy.db"), "utf8")).toBe("mine");
});

test("what is no database, or a damaged one, is not restored and the old one stays", async () => {
  const store = await openSqlite(database);
  await keep(store, "mine");
  await store.close();
  writeFileSync(join(folder, "text.db"), "hello");
  await expect(restore(join(folder, "text.db"), database, Date.now())).rejects.toThrow("not a Deskbell database");

  await backup(database, join(folder, "copy.db"));
  const bytes = readFileSync(join(folder, "copy.db"));
  bytes.fill(0xff, 8192, 12288);
  writeFileSync(join(folder, "broken.db"), bytes);
  await expect(restore(join(folder, "broken.db"), database, Date.now())).rejects.toThrow(/damaged|not a Deskbell/);

  const again = await openSqlite(database);
  expect((await kept(again)).map((row) => row.key)).toContain("mine");
  await again.close();
});

/** One page is nonsense, of a table that nothing reads as it opens: only who looks at all pages finds it. */
function damage(file: string) {
  const bytes = readFileSync(file);
  const at = bytes.indexOf("a row that nobody reads");
  if (at < 0) throw new Error("Nothing to damage");
  bytes.fill(0xff, at - (at % 4096) + 8, at);
  writeFileSync(file, bytes);
}

async function withMore() {
  const store = await openSqlite(database);
  await store.write(async (db) => {
    await db.plain.run("create table more (words text)");
    await db.plain.run("insert into more values ('a row that nobody reads')");
  });
  await backup(database, join(folder, "copy.db"));
  await keep(store, "mine");
  await store.close();
}

async function stillMine(file: string) {
  const store = await openSqlite(file);
  expect((await kept(store)).map((row) => row.key)).toContain("mine");
  await store.close();
}

test("a copy that the disk damages on its way takes nobody's place", async () => {
  await withMore();
  disk.copied = (to) => {
    if (to.endsWith(".partial")) damage(to);
  };
  await expect(restore(join(folder, "copy.db"), database, Date.now())).rejects.toThrow(/\.partial is damaged/);
  expect(readdirSync(folder).filter((name) => name.startsWith("deskbell.db."))).toEqual([]);
  await stillMine(database);
});

test("what is damaged where it stands is not called restored, and it is said where the old one lies", async () => {
  await withMore();
  disk.moved = (to) => {
    if (to === database) damage(to);
  };
  const failed = await restore(join(folder, "copy.db"), database, Date.now()).catch((error: Error) => error.message);
  expect(failed).toMatch(/deskbell\.db is damaged: /);
  await stillMine(/ What was there before is kept at (\S+)\.$/.exec(String(failed))?.[1] ?? "nowhere");
});

test("a newer version's backup is refused before anything moves", async () => {
  await withMore();
  const copy = new Database(join(folder, "copy.db"));
  copy.prepare("insert into migration (name, at) values ('9999-of-the-future', 0)").run();
  copy.close();
  await expect(restore(join(folder, "copy.db"), database, Date.now())).rejects.toThrow(/newer than this Deskbell/);
  expect(readdirSync(folder).filter((name) => name.startsWith("deskbell.db."))).toEqual([]);
  await stillMine(database);
});

test("a log that was left behind by a database moved away by hand is not played over the restored one", async () => {
  const store = await openSqlite(database, { roomy: true });
  await keep(store, "kept");
  await backup(database, join(folder, "copy.db"));
  for (let n = 0; n < 200; n++) await keep(store, `${n}`.padEnd(2_000, "-"));
  const log = readFileSync(`${database}-wal`);
  await store.close();
  renameSync(database, join(folder, "moved.db"));
  writeFileSync(`${database}-wal`, log);

  const old = await restore(join(folder, "copy.db"), database, Date.now());
  const restored = await openSqlite(database);
  expect((await kept(restored)).map((row) => row.key)).toEqual(["epoch", "kept"]);
  await restored.close();
  const looked = new Database(database, { readonly: true });
  expect(looked.pragma("integrity_check", { simple: true })).toBe("ok");
  looked.close();
  expect(readFileSync(String(old)).equals(log)).toBe(true);
});

test("what a crash left behind is kept with its log, and comes back whole", async () => {
  const store = await openSqlite(database);
  await backup(database, join(folder, "copy.db"));
  await keep(store, "only in the log");
  const crashed = join(folder, "crashed.db");
  for (const kind of ["", "-wal"]) copyFileSync(database + kind, crashed + kind);
  await store.close();

  const old = await restore(join(folder, "copy.db"), crashed, Date.now());
  await restore(String(old), crashed, Date.now());
  const restored = await openSqlite(crashed);
  expect((await kept(restored)).map((row) => row.key)).toEqual(["epoch", "only in the log"]);
  await restored.close();
});

test("a database whose head is damaged gives way to a backup, and is kept as it is", async () => {
  const store = await openSqlite(database);
  await keep(store, "kept");
  await backup(database, join(folder, "copy.db"));
  await store.close();
  const damaged = readFileSync(database).fill(0xff, 0, 100);
  writeFileSync(database, damaged);
  writeFileSync(`${database}-wal`, "a log");

  const old = await restore(join(folder, "copy.db"), database, Date.now());
  expect(readFileSync(String(old)).equals(damaged)).toBe(true);
  expect(readFileSync(`${old}-wal`, "utf8")).toBe("a log");
  const restored = await openSqlite(database);
  expect((await kept(restored)).map((row) => row.key)).toEqual(["epoch", "kept"]);
  await restored.close();
});

test("a folder is held by one server at a time", () => {
  const letGo = holdFolder(folder);
  expect(() => holdFolder(folder)).toThrow("Another Deskbell runs on");
  letGo();
  holdFolder(folder)();
});
