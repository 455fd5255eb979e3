import { useRef } from "preact/hooks";
import { bold, code, heading2, italic, lightbulb, link, list, listOrdered } from "../../../ui/icons.ts";
import { markdownOf } from "../../models/knowledge-paste.ts";
import { type Mark, marked } from "../../models/markdown-marks.ts";
import { useApp, useSentences } from "../context.ts";
import { onKeys } from "../keys.ts";
import { IconButton, MOD } from "../tip.tsx";

const TOOLS = [
  ["heading", heading2],
  ["bold", bold],
  ["italic", italic],
  ["link", link],
  ["list", list],
  ["steps", listOrdered],
  ["code", code],
  ["tip", lightbulb],
] as const satisfies [Mark, string][];
const LETTERS: Readonly<Record<string, Mark>> = { b: "bold", i: "italic" };

/** The title, and the text as it is typed. */
export function MarkdownField() {
  const { editor } = useApp();
  const t = useSentences();
  const field = useRef<HTMLTextAreaElement>(null);
  const { title, body, locale } = editor.text.value;

  // Typed and not assigned, so that it can be undone with the keys; where that is not possible, it is assigned.
  const type = (area: HTMLTextAreaElement, text: string) => {
    const [from, to] = [area.selectionStart, area.selectionEnd];
    if (!document.execCommand?.("insertText", false, text)) area.setRangeText(text, from, to, "end");
    editor.change({ body: area.value });
  };
  const put = (mark: Mark) => {
    const area = field.current;
    if (!area) return;
    const { text, from, to } = marked(mark, area.value, area.selectionStart, area.selectionEnd);
    area.focus();
    area.setSelectionRange(0, area.value.length);
    type(area, text);
    area.setSelectionRange(from, to);
  };
  return (
    <section aria-label={t.bodyField}>
      <div class="editor-tools" role="toolbar" aria-label={t.markdown}>
        {TOOLS.map(([mark, icon]) => (
          <IconButton
            key={mark}
            icon={icon}
            size={16}
            label={t.tools[mark]}
            keys={keysOf(mark)}
            onClick={() => put(mark)}
          />
        ))}
        <span class="small muted push">{t.markdown}</span>
      </div>
      <input
        class="source-title"
        aria-label={t.titleField}
        placeholder={t.titleField}
        lang={locale}
        dir="auto"
        value={title}
        onInput={(event) => editor.change({ title: event.currentTarget.value })}
      />
      <textarea
        ref={field}
        class="source"
        aria-label={t.bodyField}
        lang={locale}
        dir="auto"
        spellcheck
        value={body}
        onInput={(event) => editor.change({ body: event.currentTarget.value })}
        onPaste={(event) => {
          const text = markdownOf(event.clipboardData?.getData("text/html") ?? "");
          if (text === undefined) return;
          event.preventDefault();
          type(event.currentTarget, text);
        }}
        onKeyDown={onKeys((event) => {
          const mark = LETTERS[event.key.toLowerCase()];
          if (!mark || !(event.metaKey || event.ctrlKey) || event.altKey) return;
          event.preventDefault();
          put(mark);
        })}
      />
    </section>
  );

  function keysOf(mark: Mark): string[] | undefined {
    const letter = Object.keys(LETTERS).find((letter) => LETTERS[letter] === mark);
    return letter ? [MOD, letter.toUpperCase()] : undefined;
  }
}
