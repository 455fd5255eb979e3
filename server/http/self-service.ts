import { Hono } from "hono";
import * as v from "valibot";
import { Time } from "../../protocol/index.ts";
import { SEGMENTS, type SelfServiceReport, type SelfServiceRow, type Share } from "../desk/articles/self-service.ts";
import type { Desk } from "../desk/desk.ts";
import { describes, query } from "./describe.ts";
import type { HttpEnv } from "./env.ts";

/** A day, or a moment; a day begins at midnight UTC. */
const When = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/,
    "expected 2026-11-24 or a time",
  ),
  v.check((text) => !Number.isNaN(Date.parse(text)), "expected 2026-11-24 or a time"),
  v.transform((text) => Date.parse(text)),
);
const Period = v.object({ from: v.optional(When), to: v.optional(When), by: v.optional(v.picklist(SEGMENTS)) });
const ShareBody = v.object({ count: v.number(), share: v.number(), low: v.number(), high: v.number() });
const ReportBody = v.object({
  name: v.literal("self-service"),
  from: Time,
  to: Time,
  by: v.optional(v.picklist(SEGMENTS)),
  rows: v.array(
    v.object({
      segment: v.nullable(v.string()),
      label: v.optional(v.string()),
      n: v.number(),
      open: v.number(),
      solved: v.optional(ShareBody),
      left: v.optional(ShareBody),
      unsolved: v.optional(ShareBody),
      asked: v.optional(ShareBody),
    }),
  ),
});
const OUTCOMES = ["solved", "left", "unsolved", "asked"] as const satisfies (keyof SelfServiceRow)[];

/** `GET /api/sites/:id/reports/self-service`, behind `requireAgent`; a file of its rows for who accepts `text/csv`. */
export function createSelfServiceRoutes({ selfService }: Pick<Desk, "selfService">): Hono<HttpEnv> {
  return new Hono<HttpEnv>().get(
    "/:id/reports/self-service",
    describes("How many questions articles solve by themselves", { 200: ReportBody }, { tags: ["Reports"] }),
    query(Period),
    async (c) => {
      const report = await selfService.report(c.var.agent, c.req.param("id"), c.req.valid("query"));
      c.header("vary", "Accept");
      if (!/\btext\/csv\b/.test(c.req.header("accept") ?? "")) return c.json(report);
      c.header("content-disposition", 'attachment; filename="self-service.csv"');
      return c.body(csvOf(report), 200, { "content-type": "text/csv; charset=utf-8" });
    },
  );
}

function csvOf({ rows }: SelfServiceReport): string {
  const head = ["segment", "label", "n", "open", ...OUTCOMES.flatMap((name) => [name, `${name}_low`, `${name}_high`])];
  const lines = rows.map((row) => [
    row.segment ?? "",
    row.label ?? "",
    row.n,
    row.open,
    ...OUTCOMES.flatMap((name) => sharesOf(row[name])),
  ]);
  return [head, ...lines].map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

function sharesOf(share: Share | undefined): (number | string)[] {
  return share
    ? [share.share, share.low, share.high].map((value) => Math.round(value * 10_000) / 10_000)
    : ["", "", ""];
}

/** A title that begins like a formula stays a title where somebody opens the file in a spreadsheet. */
function cellOf(value: string | number): string {
  if (typeof value === "number") return String(value);
  const tame = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
