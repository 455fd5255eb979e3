import { html, raw } from "hono/html";
import type { Block, Inline, RichText } from "../../../protocol/index.ts";
import { circleAlert, info, lightbulb, triangleAlert } from "../../../ui/icons.ts";
import { type Html, icon } from "./html.ts";

/* RichText as a page's HTML. Every word passes the template's escaping; addresses were judged when the text was read. */

type Tone = Extract<Block, { type: "callout" }>["tone"];

const ICONS: Record<Tone, string> = { info, tip: lightbulb, warning: triangleAlert, danger: circleAlert };

export function drawBlocks(blocks: RichText): Html[] {
  return blocks.map(drawBlock);
}

function drawBlock(block: Block): Html {
  switch (block.type) {
    case "paragraph":
      return html`<p dir="auto">${drawInlines(block.children)}</p>`;
    case "heading":
      return drawHeading(block);
    case "list":
      return drawList(block);
    case "code":
      return html`<div class="code"><pre tabindex="0"><code>${block.text}</code></pre></div>`;
    case "quote":
      return html`<blockquote>${drawBlocks(block.children)}</blockquote>`;
    case "callout":
      return html`<div class="callout" data-tone="${block.tone}" role="note">${icon(ICONS[block.tone])}<div>${drawBlocks(block.children)}</div></div>`;
    case "table":
      return drawTable(block);
    case "rule":
      return html`<hr>`;
  }
}

function drawHeading({ level, anchor, children }: Extract<Block, { type: "heading" }>): Html {
  // The page's own title is the only heading of the first level.
  const tag = raw(`h${Math.max(2, level)}`);
  return html`<${tag} id="${anchor ?? ""}" dir="auto">${drawInlines(children)}</${tag}>`;
}

function drawList({ ordered, start, items }: Extract<Block, { type: "list" }>): Html {
  const drawn = items.map((item) => {
    const [only] = item;
    const tight = item.length === 1 && only?.type === "paragraph";
    return html`<li dir="auto">${tight ? drawInlines(only.children) : drawBlocks(item)}</li>`;
  });
  return ordered ? html`<ol start="${start ?? 1}">${drawn}</ol>` : html`<ul>${drawn}</ul>`;
}

function drawTable({ head, rows, align }: Extract<Block, { type: "table" }>): Html {
  const side = (column: number) => align?.[column] ?? "start";
  const top = head.map((cell, column) => html`<th class="${side(column)}" dir="auto">${drawInlines(cell)}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>${row.map((cell, column) => html`<td class="${side(column)}" dir="auto">${drawInlines(cell)}</td>`)}</tr>`,
  );
  const thead = head.length > 0 ? html`<thead><tr>${top}</tr></thead>` : "";
  return html`<div class="table" tabindex="0" role="group"><table>${thead}<tbody>${body}</tbody></table></div>`;
}

function drawInlines(inlines: readonly Inline[]): Html[] {
  return inlines.map(drawInline);
}

function drawInline(inline: Inline): Html {
  switch (inline.type) {
    case "text":
      return html`${inline.text}`;
    case "strong":
      return html`<strong>${drawInlines(inline.children)}</strong>`;
    case "emphasis":
      return html`<em>${drawInlines(inline.children)}</em>`;
    case "strike":
      return html`<s>${drawInlines(inline.children)}</s>`;
    case "code-span":
      return html`<code>${inline.text}</code>`;
    case "link":
      return inline.article || inline.href.startsWith("#")
        ? html`<a href="${inline.href}">${drawInlines(inline.children)}</a>`
        : html`<a href="${inline.href}" rel="noopener nofollow">${drawInlines(inline.children)}</a>`;
    case "image":
      return html`<img src="${inline.src}" alt="${inline.alt}" loading="lazy" referrerpolicy="no-referrer">`;
    case "break":
      return html`<br>`;
  }
}
