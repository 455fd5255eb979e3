import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const [, PART = ""] =
  /\n## What is tried, and where\n(.*?)\n## /s.exec(readFileSync(join(ROOT, "docs/security.md"), "utf8")) ?? [];

test("What docs/security.md says is tried is tried by files that are there, and none of ours is left out", () => {
  const rows = PART.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| attack "));
  expect(rows.length).toBeGreaterThan(10);
  const named = rows.map((row) =>
    [...(row.split(" | ").at(-1) ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
  for (const [index, names] of named.entries()) expect([rows[index], names.length > 0]).toEqual([rows[index], true]);
  const fileOf = (name: string) => (/^(test|server|ui|widget|console)\//.test(name) ? name : `test/attacks/${name}`);
  const files = new Set(named.flat().map(fileOf));
  expect(
    [...files].filter((file) => !["ts", "tsx"].some((end) => existsSync(join(ROOT, `${file}.test.${end}`)))),
  ).toEqual([]);
  const ours = globSync("test/attacks/**/*.test.ts", { cwd: ROOT }).map((file) =>
    file.replaceAll("\\", "/").replace(/\.test\.ts$/, ""),
  );
  expect(ours.filter((file) => !files.has(file) && !file.endsWith("/overview"))).toEqual([]);
});
