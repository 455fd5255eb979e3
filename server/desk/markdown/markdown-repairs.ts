/*
 * Four habits of real help centres that CommonMark reads otherwise than their authors do. Lines are mended before parsing,
 * fenced code is left alone.
 */

/** Paragraphs that begin so are callouts (`markdown-callouts.ts`), also where the author left out the blank line before. */
const LABEL_LINE = /^\s*\*\*(?:说明|注意|警告|重要|提示|危险|Note|Tip|Important|Warning|Caution)\s*[:：]/i;
const DELIMITER_ROW = /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/;
/** What stands before a fence, the fence, and what it says. */
const FENCE = /^((?:\s|[-*+]\s|\d{1,9}[.)]\s)*)(```+|~~~+)([^`]*)$/;
const FENCE_IN_CELL = /^\s*(?:```+|~~~+)(?:\s*\{[^}]*\})?/;
const HEADING = /^#{1,6}\s/;
const ITEM = /^(\s*)(?:[-*+]|\d{1,9}[.)])\s+/;
/** A link to a file whose name has spaces: no address for CommonMark, and plainly meant as one. */
const SPACED_FILE = /\]\(([^()<>"]{1,400}?\.md(?:#[\w-]{0,100})?)\)/g;
/** A cell that runs on for longer than this is no cell. */
const CELL_LINES = 300;

export function repairMarkdown(source: string): string {
  const lines = source.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const out: string[] = [];
  let fence: string | undefined;
  let indent = 0;
  let inTable = false;
  let columns = 0;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const found = FENCE.exec(line);
    if (found || fence !== undefined) {
      const closes =
        fence !== undefined && found?.[2]?.startsWith(fence) && found[3]?.trim() === "" && !found[1]?.trim();
      if (fence === undefined) {
        fence = found?.[2];
        // An item's code whose lines stand left of the item would end it, and turn code and text about.
        const prefix = found?.[1] ?? "";
        indent = prefix.trim() !== "" && indentOf(lines[index + 1] ?? "") < prefix.length ? prefix.length : 0;
        out.push(line);
      } else out.push(" ".repeat(indent) + line);
      if (closes) fence = undefined;
      continue;
    }
    if (DELIMITER_ROW.test(line) && isRow(lines[index - 1])) {
      inTable = true;
      columns = barsIn(line) - 1;
    } else if (inTable && line.trim() !== "" && !line.trimStart().startsWith("|")) inTable = false;
    else if (inTable && opensRow(line)) {
      const whole = barsIn(line) >= columns && lines[index + 1]?.trimStart().startsWith("|");
      const end = whole ? undefined : endOfRow(lines, index);
      if (end !== undefined) {
        out.push(withAddresses(joinCells(lines.slice(index, end + 1))));
        index = end;
        continue;
      }
    }
    if (!inTable && LABEL_LINE.test(line) && out.at(-1)?.trim()) out.push("");
    out.push(withAddresses(line));
    if (inTable && line.trim() === "") inTable = false;
  }
  return out.join("\n");
}

function barsIn(line: string): number {
  return line.replaceAll("\\|", "").split("|").length - 1;
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}

function withAddresses(line: string): string {
  return line.includes(".md") ? line.replace(SPACED_FILE, (link) => link.replaceAll(" ", "%20")) : line;
}

/** A row of a table whose rows all begin and end with a bar. */
function isRow(line: string | undefined): boolean {
  const text = line?.trim() ?? "";
  return text.length > 1 && text.startsWith("|") && endsWithBar(text);
}

function opensRow(line: string): boolean {
  return line.trimStart().startsWith("|") && !endsWithBar(line.trimEnd());
}

function endsWithBar(text: string): boolean {
  return text.endsWith("|") && !text.endsWith("\\|");
}

/** The line on which a row that runs over several lines ends, if it does before the text goes on to something else. */
function endOfRow(lines: readonly string[], start: number): number | undefined {
  const last = Math.min(lines.length - 1, start + CELL_LINES);
  for (let index = start + 1; index <= last; index++) {
    const line = lines[index] ?? "";
    if (HEADING.test(line)) return undefined;
    if (endsWithBar(line.trimEnd())) return index;
  }
  return undefined;
}

/** One line of a table: breaks stand for lines, bullets for items, as a cell holds text only. */
function joinCells(lines: readonly string[]): string {
  const indent = /^\s*/.exec(lines[0] ?? "")?.[0] ?? "";
  let row = "";
  for (const line of lines) {
    const text = line.replace(FENCE_IN_CELL, "").replace(ITEM, "• ").trim();
    if (text === "") continue;
    const joint = row === "" || text.startsWith("|") ? "" : "<br>";
    row += joint + text.replace(/([:：。；])\s*[-*+]\s{2,}/g, "$1<br>• ");
  }
  return indent + row;
}
