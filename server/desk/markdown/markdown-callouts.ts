import type { Block, Inline } from "../../../protocol/rich-text.ts";

type Tone = Extract<Block, { type: "callout" }>["tone"];

const TONES: Readonly<Record<string, Tone>> = {
  note: "info",
  info: "info",
  information: "info",
  说明: "info",
  備註: "info",
  备注: "info",
  說明: "info",
  tip: "tip",
  hint: "tip",
  提示: "tip",
  小贴士: "tip",
  important: "warning",
  warning: "warning",
  attention: "warning",
  注意: "warning",
  警告: "warning",
  重要: "warning",
  caution: "danger",
  danger: "danger",
  危险: "danger",
  危險: "danger",
};

const GITHUB = /^\s*\[!(note|tip|important|warning|caution)\]\s*/i;
const CLASS = /^(?:callout|alert|admonition|notice|message)-(.+)$/;
/** Classes that say "callout" without a tone. */
const PLAIN = new Set(["callout", "alert", "admonition", "notice"]);

/** The tone that `> [!NOTE]` or `> **Note:**` gives a quote, and the quote without GitHub's mark. */
export function calloutOfQuote(children: readonly Block[]): Block | undefined {
  const [first, ...rest] = children;
  if (first?.type !== "paragraph") return undefined;
  const [start, ...others] = first.children;
  const found = start?.type === "text" ? GITHUB.exec(start.text) : null;
  if (start?.type === "text" && found) {
    const text = start.text.slice(found[0].length);
    const inlines = text === "" ? dropBreak(others) : [{ type: "text" as const, text }, ...others];
    const body: Block[] = inlines.length > 0 ? [{ type: "paragraph", children: inlines }, ...rest] : rest;
    return body.length > 0 ? callout(toneOf(found[1]) ?? "info", body) : undefined;
  }
  const tone = labelTone(first.children);
  return tone && callout(tone, [...children]);
}

/**
 * Paragraphs that begin with a bold label become callouts; a label alone takes the block after it along.
 * The author's own word stays.
 */
export function joinCallouts(blocks: readonly Block[]): Block[] {
  const out: Block[] = [];
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    if (!block) continue;
    const tone = block.type === "paragraph" ? labelTone(block.children) : undefined;
    if (!tone || block.type !== "paragraph") {
      out.push(block);
      continue;
    }
    const next = blocks[index + 1];
    const alone = /^[\s:：]*$/.test(plainOf(block.children.slice(1)));
    if (alone && (!next || next.type === "heading" || next.type === "callout")) {
      out.push(block);
      continue;
    }
    if (alone && next) index++;
    out.push(callout(tone, alone && next ? [block, next] : [block]));
  }
  return out;
}

/** The tone of `<div class="note">`, `<div class="alert alert-danger">` and their like. */
export function toneOfClass(classes: string | undefined): Tone | undefined {
  if (!classes) return undefined;
  const names = classes.toLowerCase().split(/\s+/);
  for (const name of names) {
    const tone = toneOf(CLASS.exec(name)?.[1] ?? name);
    if (tone) return tone;
  }
  return names.some((name) => PLAIN.has(name)) ? "info" : undefined;
}

function callout(tone: Tone, children: Block[]): Block {
  return { type: "callout", tone, children };
}

function labelTone([first, second]: readonly Inline[]): Tone | undefined {
  if (first?.type !== "strong") return undefined;
  const label = plainOf(first.children).trim();
  const colon = /[:：!！]$/.test(label) || (second?.type === "text" && /^\s*[:：]/.test(second.text));
  return colon ? toneOf(label.replace(/(?<!\s)\s*[:：!！]$/, "")) : undefined;
}

function toneOf(word: string | undefined): Tone | undefined {
  const key = word?.toLowerCase() ?? "";
  return Object.hasOwn(TONES, key) ? TONES[key] : undefined;
}

function plainOf(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => ("text" in inline ? inline.text : "children" in inline ? plainOf(inline.children) : ""))
    .join("");
}

function dropBreak(inlines: Inline[]): Inline[] {
  return inlines[0]?.type === "break" ? inlines.slice(1) : inlines;
}
