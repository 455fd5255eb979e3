import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ListFilter, list } from "./conversations.ts";
import type { Param, Store } from "./port.ts";
import { openSqlite } from "./sqlite.ts";

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "deskbell-"));
  store = await openSqlite(join(folder, "desk.sqlite"));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

test.each<[string, Partial<ListFilter>, string]>([
  ["who waits", { waiting: true }, "conversation_waiting"],
  ["who waits, further down", { waiting: true, after: { at: 5, id: 5 } }, "conversation_waiting"],
  ["an agent's own", { status: "open", assignee: 1 }, "conversation_live"],
  ["nobody's", { status: "open", assignee: null }, "conversation_live"],
  ["what is open", { status: "open" }, "conversation_live"],
  ["what is open, further down", { status: "open", after: { at: 5, id: 5 } }, "conversation_live"],
  ["what is snoozed", { status: "snoozed" }, "conversation_live"],
  ["what is resolved", { status: "resolved" }, "conversation_list"],
  ["all", {}, "conversation_list"],
])("The list of %s is read from its own index, and not picked out of years of others", async (_, filter, index) => {
  const plan = await store.read(async (db) => {
    let asked: { sql: string; params: Param[] } | undefined;
    const listening = {
      ...db.plain,
      async all(sql: string, ...params: Param[]) {
        asked = { sql, params };
        return [];
      },
    };
    await list({ ...db, plain: listening as typeof db.plain }, { site: 1, limit: 50, ...filter });
    // As it is prepared: values are hidden from the planner there.
    const sql = `explain query plan ${asked?.sql.replaceAll("?", "+?")}`;
    return db.plain.all<{ detail: string }>(sql, ...(asked?.params ?? []));
  });
  expect(plan.map(({ detail }) => detail).find((detail) => /^(SEARCH|SCAN) c\b/.test(detail))).toContain(
    `SEARCH c USING INDEX ${index} `,
  );
});
