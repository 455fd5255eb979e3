import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { RichText } from "../../../protocol/rich-text.ts";
import { clock, day, dayInSentence } from "../../../ui/when.ts";
import { changesOf } from "../../models/knowledge-changes.ts";
import { ArticleText } from "../article-text.tsx";
import { useApp, useSentences } from "../context.ts";
import { Choice } from "../fields.tsx";
import { goOnAt } from "../focus.ts";
import { Changes } from "./changes.tsx";

type Side = "differences" | "changed" | "original" | "preview";

/** What stands beside the text: what it becomes, what it translates, what it said before, or what a colleague saved. */
export function Beside() {
  const { editor, translations, revisions } = useApp();
  const t = useSentences();
  const wanted = useSignal<Side | undefined>(undefined);
  const original = translations.original.value;
  if (revisions.shown.value) return <Revision />;

  const sides: Side[] = [];
  if (editor.theirs.value) sides.push("differences");
  if (original?.behind) sides.push("changed");
  if (original) sides.push("original");
  sides.push("preview");
  const side = sides.find((one) => one === wanted.value) ?? sides[0] ?? "preview";
  const names: Record<Side, string> = {
    differences: t.differences,
    changed: t.whatChanged,
    original: t.original,
    preview: t.previewTitle,
  };
  const choice =
    sides.length > 1 ? (
      <Choice
        small
        label={t.besideText}
        options={sides.map((id) => ({ id, text: names[id] }))}
        value={side}
        onChange={(id) => {
          wanted.value = id;
        }}
      />
    ) : (
      <span class="small muted">{t.previewTitle}</span>
    );
  switch (side) {
    case "differences":
      return <Differences tools={choice} />;
    case "changed":
      return <Changed tools={choice} />;
    case "original":
      return <Original tools={choice} />;
    case "preview":
      return <Preview tools={choice} />;
    default:
      return side satisfies never;
  }
}

/** Our text against the one that a colleague saved meanwhile. */
function Differences({ tools }: { tools: ComponentChildren }) {
  const { editor } = useApp();
  const t = useSentences();
  const theirs = editor.theirs.value?.article;
  if (!theirs) return null;
  const { title, body, locale } = editor.text.value;
  return (
    <Pane label={t.differences} tools={tools} lang={locale}>
      <p class="small muted">{t.differencesLead}</p>
      <Changes
        passages={changesOf(`${theirs.title}\n\n${theirs.body}`, `${title}\n\n${body}`)}
        lang={locale}
        none={t.noDifferences}
      />
    </Pane>
  );
}

/** What the translator has to catch up with. */
function Changed({ tools }: { tools: ComponentChildren }) {
  const { translations, locale, clock: time } = useApp();
  const t = useSentences();
  const original = translations.original.value;
  if (!original) return null;
  return (
    <Pane
      label={t.whatChanged}
      tools={
        <>
          {tools}
          <button type="button" class="btn btn-secondary btn-sm push" onClick={() => void translations.check()}>
            {t.nothingToChange}
          </button>
        </>
      }
      lang={original.locale}
    >
      <p class="small muted">
        {t.whatChangedLead(
          t.dayAndTime(
            dayInSentence(original.since, locale.value, time.now.value),
            clock(original.since, locale.value),
          ),
        )}
      </p>
      <Changes passages={original.changes} lang={original.locale} none={t.originalSame} />
    </Pane>
  );
}

function Original({ tools }: { tools: ComponentChildren }) {
  const { translations } = useApp();
  const t = useSentences();
  const original = translations.original.value;
  if (!original) return null;
  return (
    <Pane label={t.original} tools={tools} lang={original.locale}>
      <Drawn title={original.title} body={original.body} />
    </Pane>
  );
}

function Preview({ tools }: { tools: ComponentChildren }) {
  const { editor } = useApp();
  const t = useSentences();
  const { title, locale } = editor.text.value;
  const preview = editor.preview.value;
  return (
    <Pane label={t.previewTitle} tools={tools} lang={locale}>
      <Drawn title={title || (preview.length > 0 ? t.untitled : "")} body={preview} />
    </Pane>
  );
}

/** What the article said before. */
function Revision() {
  const { editor, revisions, locale: tongue, clock: time } = useApp();
  const t = useSentences();
  const revision = revisions.shown.value;
  if (!revision) return null;
  const { at, by } = revision;
  // This pane goes with its buttons: on from where it stood, the preview.
  const act = (does: () => void) => {
    does();
    goOnAt(() => document.querySelector<HTMLElement>(".editor-preview"));
  };
  const said = t.dayAndTime(day(at, tongue.value, time.now.value), clock(at, tongue.value));
  return (
    <Pane
      label={said}
      lang={editor.text.value.locale}
      tools={
        <>
          <span class="small muted clip">{by ? `${said}, ${by.name}` : said}</span>
          <span class="push inline">
            <button type="button" class="btn btn-secondary btn-sm" onClick={() => act(revisions.restore)}>
              {t.restore}
            </button>
            <button type="button" class="btn btn-quiet btn-sm" onClick={() => act(revisions.close)}>
              {t.close}
            </button>
          </span>
        </>
      }
    >
      <Drawn title={revision.title} body={revision.drawn} />
    </Pane>
  );
}

function Pane(props: { label: string; tools: ComponentChildren; lang: string; children: ComponentChildren }) {
  const { label, tools, lang } = props;
  return (
    <section aria-label={label}>
      <div class="editor-tools">{tools}</div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
      <div class="prose editor-preview" lang={lang} tabIndex={0}>
        {props.children}
      </div>
    </section>
  );
}

function Drawn({ title, body }: { title: string; body: RichText }) {
  const t = useSentences();
  return (
    <>
      {title && <h1>{title}</h1>}
      {body.length > 0 ? <ArticleText body={body} /> : <p class="muted">{t.previewEmpty}</p>}
    </>
  );
}
