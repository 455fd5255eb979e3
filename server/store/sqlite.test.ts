import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { storeContract } from "../../test/support/store-contract.ts";
import { openSqlite } from "./sqlite.ts";

const run = promisify(execFile);

storeContract("SQLite", async () => {
  const folder = mkdtempSync(join(tmpdir(), "deskbell-"));
  return {
    open: () => openSqlite(join(folder, "deskbell.db")),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});

describe("The SQLite file", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "deskbell-"));
    file = join(folder, "deeper", "deskbell.db");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("D1 is written ahead and synced at every commit", async () => {
    const store = await openSqlite(file);
    const pragma = (name: string) =>
      store.write(
        async (db) => Object.values((await db.plain.get<Record<string, unknown>>(`pragma ${name}`)) ?? {})[0],
      );
    expect(await pragma("journal_mode")).toBe("wal");
    // 2 is FULL: NORMAL loses acknowledged rows in a power cut.
    expect(await pragma("synchronous")).toBe(2);
    await store.close();
  });

  test("is read through a connection that cannot write", async () => {
    const store = await openSqlite(file);
    const writes = store.read(async (db) => db.plain.run("insert into meta (key, value) values ('a', 'b')"));
    await expect(writes).rejects.toThrow(/readonly/);
    await store.close();
  });

  test("is refused where it is newer than this program, and left as it is", async () => {
    await (await openSqlite(file)).close();
    const database = new Database(file);
    database.prepare("insert into migration (name, at) values ('9999-from-the-future', 1)").run();
    database.close();
    await expect(openSqlite(file)).rejects.toThrow(/newer than this Deskbell.*9999-from-the-future/);
  });

  test("is migrated once, though it is opened again", async () => {
    await (await openSqlite(file)).close();
    const names = () => {
      const database = new Database(file, { readonly: true });
      const rows = database.prepare("select name, at from migration").all();
      database.close();
      return rows;
    };
    const first = names();
    expect(first.length).toBeGreaterThan(0);
    await (await openSqlite(file)).close();
    expect(names()).toEqual(first);
  });

  test("is migrated by one of several processes that start at once, and all have one epoch", {
    timeout: 30_000,
  }, async () => {
    const program = join(folder, "start.mts");
    const module = join(import.meta.dirname, "sqlite.ts");
    writeFileSync(
      program,
      `import { openSqlite } from ${JSON.stringify(module)};
       const until = Number(process.argv[2]);
       while (Date.now() < until);
       const store = await openSqlite(process.argv[3]);
       console.log(store.epoch);
       await store.close();`,
    );
    const at = `${Date.now() + 1_500}`;
    const started = await Promise.all([1, 2, 3].map(() => run(process.execPath, [program, at, file])));
    const epochs = started.map(({ stdout }) => stdout.trim());
    expect(new Set(epochs).size).toBe(1);
    const database = new Database(file, { readonly: true });
    expect(database.prepare("select count(*) from meta where key = 'epoch'").pluck().get()).toBe(1);
    database.close();
  });

  test("that another process holds is waited for, not given up at once", async () => {
    await (await openSqlite(file)).close();
    const other = new Database(file);
    other.exec("begin immediate");
    other.exec("insert into meta (key, value) values ('held', '1')");
    const program = join(folder, "open.mts");
    writeFileSync(
      program,
      `import { openSqlite } from ${JSON.stringify(join(import.meta.dirname, "sqlite.ts"))};
       console.log("starting");
       const store = await openSqlite(process.argv[2]);
       console.log("open");
       await store.close();`,
    );
    const opening = run(process.execPath, [program, file]);
    opening.child.stdout?.once("data", () => setTimeout(() => other.exec("commit"), 100));
    const { stdout } = await opening;
    other.close();
    expect(stdout).toBe("starting\nopen\n");
  });
});
