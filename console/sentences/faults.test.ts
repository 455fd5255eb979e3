import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FaultCode } from "../../protocol/fault.ts";
import { fault } from "../../protocol/faults.ts";
import { en } from "./en.ts";
import { saidOf, whyOf } from "./faults.ts";
import { zhHans } from "./zh-hans.ts";

const WORDS = "Cannot do this: the server says why";
const SERVER = join(import.meta.dirname, "../../server");
/** Every refusal that says in which field: what a console may be told. */
const FIELDS = /refuse\(\s*"([a-z-]+)",\s*(?:"[^"]*"|`[^`]*`),\s*\{[^}]*field: "(\w+)"/g;
/** What no console sends, or visitors alone. */
const OTHERS = new Set(["id", "v", "token", "cursor", "host", "seq", "from", "size", "identity", "episode", "code"]);

describe("A refusal is said in the agent's language", () => {
  test.each(FaultCode.options.filter((code) => code !== "invalid"))("by its code: %s", (code) => {
    for (const t of [en, zhHans]) expect(saidOf(fault(code, WORDS), t)).not.toContain(WORDS);
  });

  test("by its field, wherever the server names one to an agent", () => {
    const files = ["desk/articles", "desk/conversations", "desk/files", "desk/people", "desk/sites", "http"];
    const source = files.map(sourceIn).join("\n");
    const said = [...source.matchAll(FIELDS)].filter(([, , field]) => !OTHERS.has(`${field}`));
    expect(said.length).toBeGreaterThan(15);
    const unsaid = said.filter(([, code, field]) =>
      whyOf(fault(code as FaultCode, WORDS, { field: `${field}` }), zhHans).includes(WORDS),
    );
    expect(unsaid.map(([refusal]) => refusal)).toEqual([]);
  });

  test("and in the server's words only where it says neither", () => {
    const one = fault("invalid", WORDS, { field: "settings.theme" });
    expect(whyOf(one, en)).toBe(WORDS);
    expect(saidOf(one, zhHans, zhHans.refused)).toBe(`未完成。服务器不接受此内容（${WORDS}）。`);
  });
});

function sourceIn(folder: string): string {
  const files = readdirSync(join(SERVER, folder)).filter((file) => file.endsWith(".ts") && !file.includes(".test."));
  return files.map((file) => readFileSync(join(SERVER, folder, file), "utf8")).join("\n");
}
