import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RichText } from "../../../protocol/rich-text.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { lock } from "../../../ui/icons.ts";
import { findMarks, MarkedText } from "../../../ui/marked-text.tsx";
import { shortLanguage } from "../../models/languages.ts";
import type { Choice } from "../../models/picker.ts";
import type { PickerKind } from "../../models/trigger.ts";
import type { Suggested } from "../../resources.ts";
import { ArticleText } from "../article-text.tsx";
import { useApp, useSentences } from "../context.ts";
import { Heat } from "../heat.tsx";
import { Keys } from "../tip.tsx";
import { MetBadge } from "./met-badge.tsx";

/** What `#`, `/` and `@` offer. */
export function PickerView() {
  const { picker } = useApp();
  const t = useSentences();
  const kind = picker.kind.value;
  const choices = picker.choices.value;
  const query = picker.trigger.value?.query ?? "";
  const previewed = picker.previewed.value;
  if (kind === undefined || choices.length === 0) return null;
  const articles = query ? t.articlesMatching(query) : t.neededTitle;
  const title = kind === "article" ? articles : kind === "reply" ? t.savedReplies : t.teammates;
  return (
    <div class="picker">
      <p class="picker-head">
        <span class="clip">{title}</span>
        {kind === "reply" && <span>{t.nOf(choices.length, picker.total.value)}</span>}
        {kind === "article" && <span class="only-wide">{query ? t.byMatchAndHeat : t.byHeat}</span>}
      </p>
      {previewed && <ArticlePreview article={previewed} key={previewed.id} />}
      <div class="picks" id="picker" role="listbox" aria-label={title}>
        {choices.map((choice, at) => (
          <Pick choice={choice} at={at} query={query} key={keyOf(choice)} />
        ))}
      </div>
      <Foot kind={kind} />
    </div>
  );
}

/** What the keys do; fingers and mice may press them here. */
function Foot({ kind }: { kind: PickerKind }) {
  const { picker, composer } = useApp();
  const t = useSentences();
  const chosen = picker.choices.value[picker.chosen.value];
  if (!chosen) return null;
  const key = (keys: readonly string[], say: string, run: () => void) => (
    // The field keeps the focus: a picker without it would close.
    <button type="button" tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={run}>
      <Keys keys={keys} />
      {say}
    </button>
  );
  const pick = (paste: boolean) => () => void composer.pick(chosen, paste);
  if (chosen.kind !== "article")
    return (
      <p class="picker-foot">
        {key(["Enter"], t.insert, pick(false))}
        {kind === "reply" && <span class="clip">{t.blanksFlagged}</span>}
      </p>
    );
  const note = composer.draft.value.mode === "note";
  const linkable = note || chosen.article.visibility === "public";
  return (
    <p class="picker-foot">
      {linkable && key(["Enter"], t.insertLink, pick(false))}
      {linkable && !note && key(["Mod", "Enter"], t.sendLink, () => void composer.pickAndSend(chosen))}
      {key(linkable ? ["Shift", "Enter"] : ["Enter"], t.pasteAnswer, pick(true))}
      {key(["Tab"], t.preview, () => picker.preview(chosen.article))}
    </p>
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
  const { figures } = useApp();
  const t = useSentences();
  switch (choice.kind) {
    case "article": {
      const { id, title, excerpt, visibility, locale } = choice.article;
      const how = figures.of.value.get(id);
      return (
        <>
          <Heat share={how?.heat ?? 0} title={t.heatOf} />
          <span class="pick-text">
            <span class="pick-title">
              <span class="clip">
                <MarkedText text={title} marks={findMarks(title, query)} />
              </span>
              {visibility === "internal" && (
                <span class="badge badge-note">
                  <Icon d={lock} size={12} />
                  {t.visibility.internal}
                </span>
              )}
              <MetBadge article={id} />
            </span>
            <span class="small muted clip">{excerpt}</span>
          </span>
          <span class="small muted pick-facts only-wide">
            {how?.answered && `${t.solvedShare(Math.round(how.answered.share * 100))} · ${t.ofSo(how.verdicts)}`}
          </span>
          <span class="small muted pick-langs">{shortLanguage(locale)}</span>
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
      {body.value === undefined ? <p class="muted">{t.loading}</p> : <ArticleText body={body.value} />}
    </section>
  );
}

function keyOf(choice: Choice): string {
  if (choice.kind === "article") return choice.article.id;
  return choice.kind === "reply" ? choice.reply.id : choice.agent.id;
}
