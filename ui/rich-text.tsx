import type { ComponentChildren } from "preact";
import type { Block, Inline, RichText } from "../protocol/rich-text.ts";
import { Icon } from "./icon.tsx";
import { info, lightbulb, triangleAlert } from "./icons.ts";

const TONES = { info, tip: lightbulb, warning: triangleAlert, danger: triangleAlert } as const;

/** Called with an article's id or slug when a link to another article is followed; return true where that was handled. */
export type Follow = (article: string) => boolean | undefined;

/** An article's body, element by element: no HTML string reaches the page. Put it inside `.prose`. */
export function RichTextView({ body, follow }: { body: RichText; follow?: Follow }) {
  return <>{body.map((block) => blockView(block, follow))}</>;
}

function blockView(block: Block, follow?: Follow): ComponentChildren {
  switch (block.type) {
    case "paragraph":
      return <p>{inlines(block.children, follow)}</p>;
    case "heading": {
      // The title is the one h1.
      const Heading = `h${Math.max(2, block.level)}` as "h2";
      return <Heading id={block.anchor}>{inlines(block.children, follow)}</Heading>;
    }
    case "list": {
      const items = block.items.map((item) => <li>{item.map((inner) => tight(item, inner, follow))}</li>);
      const start = block.start ?? 1;
      if (!block.ordered) return <ul>{items}</ul>;
      return <ol start={start}>{items}</ol>;
    }
    case "code":
      return (
        <div class="code">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>
            <code>{block.text}</code>
          </pre>
        </div>
      );
    case "quote":
      return <blockquote>{block.children.map((inner) => blockView(inner, follow))}</blockquote>;
    case "callout":
      return (
        <div class="callout" data-tone={block.tone}>
          <Icon d={TONES[block.tone]} size={18} />
          <div>{block.children.map((inner) => blockView(inner, follow))}</div>
        </div>
      );
    case "table":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
        <div class="table" role="group" tabIndex={0}>
          <table>
            <thead>
              <tr>{block.head.map((cell, at) => tableCell("th", cell, block.align?.[at], follow))}</tr>
            </thead>
            <tbody>
              {block.rows.map((row) => (
                <tr>{row.map((cell, at) => tableCell("td", cell, block.align?.[at], follow))}</tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "rule":
      return <hr />;
    default:
      return wordsOf<Block>(block satisfies never, (inner) => blockView(inner, follow));
  }
}

/** Of a node of a type that came after us: its words are worth more than its form. */
function wordsOf<T>({ text, children }: { text?: string; children?: T[] }, view: (inner: T) => ComponentChildren) {
  return children?.map(view) ?? text;
}

/** An item of one paragraph needs no paragraph. */
function tight(item: Block[], inner: Block, follow?: Follow): ComponentChildren {
  const single = item.filter(({ type }) => type === "paragraph").length === 1;
  return single && inner.type === "paragraph" ? inlines(inner.children, follow) : blockView(inner, follow);
}

function tableCell(Cell: "th" | "td", cell: Inline[], align: string | null | undefined, follow?: Follow) {
  return <Cell style={align ? { textAlign: align } : undefined}>{inlines(cell, follow)}</Cell>;
}

function inlines(children: Inline[], follow?: Follow): ComponentChildren {
  return children.map((inline) => inlineView(inline, follow));
}

function inlineView(inline: Inline, follow?: Follow): ComponentChildren {
  switch (inline.type) {
    case "text":
      return inline.text;
    case "strong":
      return <strong>{inlines(inline.children, follow)}</strong>;
    case "emphasis":
      return <em>{inlines(inline.children, follow)}</em>;
    case "strike":
      return <s>{inlines(inline.children, follow)}</s>;
    case "code-span":
      return <code>{inline.text}</code>;
    case "link":
      return linkView(inline, follow);
    case "image":
      return <img src={inline.src} alt={inline.alt} width={inline.width} height={inline.height} loading="lazy" />;
    case "break":
      return <br />;
    default:
      return wordsOf<Inline>(inline satisfies never, (inner) => inlineView(inner, follow));
  }
}

const SAFE = /^(https?:|mailto:|tel:|#)/i;

function linkView({ href, article, children }: Extract<Inline, { type: "link" }>, follow?: Follow) {
  const shown = inlines(children, follow);
  // The server checked it already; a second look costs a line and saves a page from a bad import.
  if (!SAFE.test(href)) return <>{shown}</>;
  const away = href.startsWith("#") ? {} : { target: "_blank", rel: "noopener noreferrer" };
  const onClick = (event: MouseEvent) => {
    if (article && follow?.(article)) event.preventDefault();
  };
  return (
    <a href={href} {...away} onClick={onClick}>
      {shown}
    </a>
  );
}
