import type { Block, Inline } from "../../../protocol/rich-text.ts";
import { type Conversion, inlinesOf, tidy } from "./markdown-inlines.ts";
import { takeMarks } from "./markdown-marks.ts";
import type { Element } from "./markdown-tree.ts";

type Align = "start" | "center" | "end" | null;

interface Cell {
  inlines: Inline[];
  head: boolean;
  align: Align;
  columns: number;
  rows: number;
}

const WIDEST = 100;
const TALLEST = 1_000;
const ALIGNS: Readonly<Record<string, Align>> = { left: "start", center: "center", right: "end" };

/** A table of Markdown or HTML as a plain grid: what spans keeps its words in the first cell, the rest stay empty. */
export function tableOf(table: Element, about: Conversion): Block[] {
  const captions: Block[] = [];
  const rows: Cell[][] = [];
  const walk = (element: Element) => {
    for (const child of element.children) {
      if (typeof child === "string") continue;
      if (child.tag === "tr") rows.push(cellsOf(child, about));
      else if (child.tag === "caption") {
        const children = tidy(inlinesOf(child.children, about));
        if (children.length > 0) captions.push({ type: "paragraph", children: [{ type: "strong", children }] });
      } else walk(child);
    }
  };
  walk(table);
  const grid = spread(rows.filter((row) => row.length > 0));
  const width = Math.max(0, ...grid.map((row) => row.length));
  if (width === 0 || grid.every((row) => row.every((cell) => !cell || cell.inlines.length === 0))) return captions;
  const texts = grid.map((row) => Array.from({ length: width }, (_, column) => row[column]?.inlines ?? []));
  const hasHead = (grid[0] ?? []).some((cell) => cell?.head) && (grid[0] ?? []).every((cell) => !cell || cell.head);
  const [first = [], ...rest] = texts;
  const align = Array.from({ length: width }, (_, column) => grid[0]?.[column]?.align ?? null);
  return [
    ...captions,
    {
      type: "table",
      head: hasHead ? first : [],
      rows: hasHead ? rest : texts,
      ...(align.some((one) => one !== null) && { align }),
    },
  ];
}

function cellsOf(row: Element, about: Conversion): Cell[] {
  const cells: Cell[] = [];
  for (const child of row.children) {
    if (typeof child === "string" || (child.tag !== "td" && child.tag !== "th")) continue;
    const { attrs } = child;
    cells.push({
      inlines: tidy(takeMarks(tidy(inlinesOf(child.children, about))).inlines),
      head: child.tag === "th",
      align: alignOf(attrs.get("align") ?? /text-align:\s*(\w+)/.exec(attrs.get("style") ?? "")?.[1]),
      columns: span(attrs.get("colspan")),
      rows: span(attrs.get("rowspan")),
    });
  }
  return cells.slice(0, WIDEST);
}

function spread(rows: readonly Cell[][]): (Cell | undefined)[][] {
  if (rows.every((row) => row.every((cell) => cell.columns === 1 && cell.rows === 1))) return [...rows];
  const grid: (Cell | undefined)[][] = rows.slice(0, TALLEST).map(() => []);
  for (const [y, row] of rows.slice(0, TALLEST).entries()) {
    let x = 0;
    for (const cell of row) {
      while (grid[y] && x in grid[y]) x++;
      for (let dy = 0; dy < cell.rows && y + dy < grid.length; dy++) {
        for (let dx = 0; dx < cell.columns && x + dx < WIDEST; dx++) {
          const line = grid[y + dy];
          if (line) line[x + dx] = dx === 0 && dy === 0 ? cell : undefined;
        }
      }
      x += cell.columns;
    }
  }
  return grid;
}

function span(text: string | undefined): number {
  const value = Number.parseInt(text ?? "1", 10);
  return value > 1 && value <= WIDEST ? value : 1;
}

function alignOf(word: string | undefined): Align {
  const key = word?.toLowerCase() ?? "";
  return Object.hasOwn(ALIGNS, key) ? (ALIGNS[key] ?? null) : null;
}
