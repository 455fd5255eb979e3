import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { RichText } from "../../../protocol/rich-text.ts";
import { RichTextView } from "../../../ui/rich-text.tsx";
import { clock, day } from "../../../ui/when.ts";
import { useApp, useSentences } from "../context.ts";
import { Choice } from "../fields.tsx";

/** What stands beside the text: what it becomes, the original that it translates, or what it said before. */
export function Beside() {
  const { editor, translations, revisions, locale: tongue, clock: time } = useApp();
  const t = useSentences();
  const side = useSignal<"preview" | "original">("original");
  const { title, locale } = editor.text.value;
  const preview = editor.preview.value;
  const original = translations.original.value;
  const revision = revisions.shown.value;
  if (revision) {
    const { at, by } = revision;
    const said = `${day(at, tongue.value, time.now.value)} ${clock(at, tongue.value)}`;
    return (
      <Pane
        label={t.revisions}
        tools={
          <>
            <span class="small muted">{by ? `${said}, ${by.name}` : said}</span>
            <span class="push inline">
              <button type="button" class="btn btn-secondary btn-sm" onClick={revisions.restore}>
                {t.restore}
              </button>
              <button type="button" class="btn btn-quiet btn-sm" onClick={revisions.close}>
                {t.close}
              </button>
            </span>
          </>
        }
        title={revision.title}
        body={revision.drawn}
        lang={locale}
      />
    );
  }
  const choice = original && (
    <Choice
      small
      label={t.besideText}
      options={[
        { id: "original", text: t.original },
        { id: "preview", text: t.previewTitle },
      ]}
      value={side.value}
      onChange={(id) => {
        side.value = id;
      }}
    />
  );
  if (original && side.value === "original")
    return (
      <Pane label={t.original} tools={choice} title={original.title} body={original.body} lang={original.locale} />
    );
  return (
    <Pane
      label={t.previewTitle}
      tools={choice ?? <span class="small muted">{t.previewTitle}</span>}
      title={title || (preview.length > 0 ? t.untitled : "")}
      body={preview}
      lang={locale}
    />
  );
}

function Pane(props: { label: string; tools: ComponentChildren; title: string; body: RichText; lang: string }) {
  const t = useSentences();
  const { label, tools, title, body, lang } = props;
  return (
    <section aria-label={label}>
      <div class="editor-tools">{tools}</div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
      <div class="prose editor-preview" lang={lang} tabIndex={0}>
        {title && <h1>{title}</h1>}
        {body.length > 0 ? <RichTextView body={body} /> : <p class="muted">{t.previewEmpty}</p>}
      </div>
    </section>
  );
}
