import { useRef } from "preact/hooks";
import { bold, code, heading2, image, italic, lightbulb, link, list, listOrdered } from "../../../ui/icons.ts";
import { markdownOf } from "../../models/knowledge-paste.ts";
import { type Mark, marked } from "../../models/markdown-marks.ts";
import { useApp, useSentences } from "../context.ts";
import { takeFocus } from "../focus.ts";
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
  const { editor, pictures } = useApp();
  const t = useSentences();
  const field = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const uploads = useRef(0);
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
  // A word stands where the picture will, and whoever writes on is not held up.
  const putPicture = async (area: HTMLTextAreaElement, file: File) => {
    const word = `![${t.uploading(file.name.replace(/[[\]\\]/g, ""), ++uploads.current)}]()`;
    type(area, word);
    const picture = (await pictures.put(file)) ?? "";
    const at = area.value.indexOf(word);
    // Taken out again meanwhile, or another article is open.
    if (at < 0 || !area.isConnected) return;
    area.setRangeText(picture, at, at + word.length, "preserve");
    editor.change({ body: area.value });
  };
  const putPictures = (files: FileList | null | undefined): boolean => {
    const area = field.current;
    const found = [...(files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!area || found.length === 0) return false;
    area.focus();
    for (const file of found) void putPicture(area, file);
    return true;
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
        <IconButton icon={image} size={16} label={t.picture} onClick={() => chooser.current?.click()} />
        <input
          ref={chooser}
          type="file"
          accept="image/*"
          multiple
          hidden
          onChange={(event) => {
            putPictures(event.currentTarget.files);
            event.currentTarget.value = "";
          }}
        />
        <span class="small muted push only-wide">{t.markdown}</span>
      </div>
      <input
        class="source-title"
        aria-label={t.titleField}
        placeholder={t.titleField}
        lang={locale}
        dir="auto"
        value={title}
        ref={editor.saved.value ? null : takeFocus}
        onKeyDown={onKeys((event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          field.current?.focus();
        })}
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
        onDragOver={(event) => {
          if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
        }}
        onDrop={(event) => {
          if (putPictures(event.dataTransfer?.files)) event.preventDefault();
        }}
        onPaste={(event) => {
          // Office programs add a picture of the words that were copied: the words are meant.
          const words = event.clipboardData?.getData("text/plain") ?? "";
          if (!words.trim() && putPictures(event.clipboardData?.files)) return event.preventDefault();
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
