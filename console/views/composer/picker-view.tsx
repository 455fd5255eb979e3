import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RichText } from "../../../protocol/rich-text.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { lock } from "../../../ui/icons.ts";
import { findMarks, MarkedText } from "../../../ui/marked-text.tsx";
import { RichTextView } from "../../../ui/rich-text.tsx";
import type { Choice } from "../../models/picker.ts";
import type { Suggested } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { Heat } from "../heat.tsx";
import { Keys } from "../tip.tsx";

/** What `#`, `/` and `@` offer. */
export function PickerView() {
  const { picker, composer } = useApp();
  const t = useSentences();
  const kind = picker.kind.value;
  const choices = picker.choices.value;
  const query = picker.trigger.value?.query ?? "";
  const previewed = picker.previewed.value;
  const chosen = choices[picker.chosen.value];
  const linkable =
    composer.draft.value.mode === "note" || (chosen?.kind === "article" && chosen.article.visibility === "public");
  if (kind === undefined || choices.length === 0) return null;
  const title = kind === "article" ? t.articlesMatching(query) : kind === "reply" ? t.savedReplies : t.teammates;
  return (
    <div class="picker">
      <p class="picker-head">
        <span>{title}</span>
        {kind === "reply" && <span>{t.nOf(choices.length, picker.total.value)}</span>}
      </p>
      {previewed && <ArticlePreview article={previewed} key={previewed.id} />}
      <div class="picks" id="picker" role="listbox" aria-label={title}>
        {choices.map((choice, at) => (
          <Pick choice={choice} at={at} query={query} key={keyOf(choice)} />
        ))}
      </div>
      <p class="picker-foot">
        {kind === "article" ? (
          <>
            {linkable && (
              <span>
                <Keys keys={["Enter"]} />
                {t.insertLink}
              </span>
            )}
            <span>
              <Keys keys={linkable ? ["Shift", "Enter"] : ["Enter"]} />
              {t.pasteAnswer}
            </span>
            <span>
              <Keys keys={["Tab"]} />
              {t.preview}
            </span>
          </>
        ) : (
          <span>
            <Keys keys={["Enter"]} />
            {t.insert}
          </span>
        )}
        {kind === "reply" && <span class="clip">{t.blanksFlagged}</span>}
      </p>
    </div>
  );
}

function Pick({ choice, at, query }: { choice: Choice; at: number; query: string }) {
  const { picker, composer } = useApp();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys act on the text field, which has the focus
    <div
      id={`pick-${at}`}
      class="pick"
      role="option"
      tabIndex={-1}
      aria-selected={at === picker.chosen.value}
      onPointerMove={() => {
        picker.chosen.value = at;
      }}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => void composer.pick(choice, event.shiftKey)}
    >
      <PickContent choice={choice} query={query} />
    </div>
  );
}

function PickContent({ choice, query }: { choice: Choice; query: string }) {
  const t = useSentences();
  switch (choice.kind) {
    case "article": {
      const { title, excerpt, visibility, score, locale } = choice.article;
      return (
        <>
          <Heat share={score} />
          <span class="pick-text">
            <span class="pick-title">
              <span class="clip">
                <MarkedText text={title} marks={findMarks(title, query)} />
              </span>
              {visibility === "internal" && (
                <span class="badge badge-note">
                  <Icon d={lock} size={12} />
                  {t.internal}
                </span>
              )}
            </span>
            <span class="small muted clip">{excerpt}</span>
          </span>
          <span class="small muted pick-langs">{locale.toUpperCase()}</span>
        </>
      );
    }
    case "reply":
      return (
        <>
          <span class="badge badge-line pick-name clip">/{choice.reply.name}</span>
          <span class="pick-text small muted clip">{choice.reply.text}</span>
        </>
      );
    case "mention":
      return (
        <>
          <Avatar name={choice.agent.name} avatar={choice.agent.avatar} size={24} />
          <span class="pick-text medium">{choice.agent.name}</span>
        </>
      );
    default:
      return choice satisfies never;
  }
}

/** The article itself, above the list (Tab). */
function ArticlePreview({ article }: { article: Suggested }) {
  const { articleBody } = useApp();
  const t = useSentences();
  const body = useSignal<RichText | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    void articleBody(article.id).then((found) => {
      if (!gone) body.value = found ?? [];
    });
    return () => {
      gone = true;
    };
  }, [article.id]);
  return (
    <section class="prose picker-preview" aria-label={t.previewTitle} lang={article.locale || undefined}>
      <h1>{article.title}</h1>
      {body.value === undefined ? <p class="muted">{t.loading}</p> : <RichTextView body={body.value} />}
    </section>
  );
}

function keyOf(choice: Choice): string {
  if (choice.kind === "article") return choice.article.id;
  return choice.kind === "reply" ? choice.reply.id : choice.agent.id;
}
