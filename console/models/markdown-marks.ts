export type Mark = "heading" | "bold" | "italic" | "link" | "list" | "steps" | "code" | "tip";

interface Marked {
  readonly text: string;
  /** What is selected afterwards. */
  readonly from: number;
  readonly to: number;
}

const AROUND: Partial<Record<Mark, string>> = { bold: "**", italic: "_" };
const BEFORE: Partial<Record<Mark, (line: number) => string>> = {
  heading: () => "## ",
  list: () => "- ",
  steps: (line) => `${line + 1}. `,
  tip: () => "> ",
};
const ANY_BEFORE = /^(#{1,6} |- |\d+\. |> )/;
const FENCE = "```";

/** Puts Markdown's marks around or before what is selected; a second time takes them away. Pure. */
export function marked(mark: Mark, text: string, from: number, to: number): Marked {
  const around = AROUND[mark];
  if (around) return wrapped(text, from, to, around);
  if (mark === "link") return linked(text, from, to);
  if (mark === "code") return coded(text, from, to);
  return begun(mark, text, from, to);
}

function wrapped(text: string, from: number, to: number, around: string): Marked {
  const inside = text.slice(from, to);
  const size = around.length;
  if (text.slice(from - size, from) === around && text.slice(to, to + size) === around) {
    const bare = text.slice(0, from - size) + inside + text.slice(to + size);
    return { text: bare, from: from - size, to: to - size };
  }
  return { text: text.slice(0, from) + around + inside + around + text.slice(to), from: from + size, to: to + size };
}

function linked(text: string, from: number, to: number): Marked {
  const inside = text.slice(from, to);
  const address = "https://";
  const at = from + inside.length + 3;
  return { text: `${text.slice(0, from)}[${inside}](${address})${text.slice(to)}`, from: at, to: at + address.length };
}

function coded(text: string, from: number, to: number): Marked {
  const inside = text.slice(from, to);
  if (!inside.includes("\n")) return wrapped(text, from, to, "`");
  const start = `${FENCE}\n`;
  return {
    text: `${text.slice(0, from)}${start}${inside}\n${FENCE}${text.slice(to)}`,
    from: from + start.length,
    to: to + start.length,
  };
}

function begun(mark: Mark, text: string, from: number, to: number): Marked {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const end = text.indexOf("\n", to) < 0 ? text.length : text.indexOf("\n", to);
  const lines = text.slice(start, end).split("\n");
  const before = BEFORE[mark] ?? (() => "");
  const all = lines.every((line, at) => line.startsWith(before(at)));
  const changed = lines.map((line, at) =>
    all ? line.slice(before(at).length) : before(at) + line.replace(ANY_BEFORE, ""),
  );
  if (mark === "tip" && !all) changed.unshift("> [!TIP]");
  const block = changed.join("\n");
  return { text: text.slice(0, start) + block + text.slice(end), from: start, to: start + block.length };
}
