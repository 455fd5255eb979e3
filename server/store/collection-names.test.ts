import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, expect, test } from "vitest";
import { ofSite } from "./collections.ts";
import { openSqlite } from "./sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "deskbell-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("A collection of before keeps its name, in a language that nobody has said, and has no other.", async () => {
  const file = join(folder, "before.db");
  await (await openSqlite(file)).close();
  const before = new Database(file);
  before.exec(`alter table collection drop column names; alter table collection drop column locale;
    delete from migration where name = '0014-collection-names';
    insert into collection (uid, site, name, visibility, created_at) values (x'01', 7, '新手入门', 'public', 1)`);
  before.close();
  const store = await openSqlite(file);
  expect(await store.read((db) => ofSite(db, 7))).toMatchObject([{ name: "新手入门", locale: null, names: "{}" }]);
  await store.close();
});
