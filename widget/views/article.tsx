import { Faces } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { check, chevronRight, x } from "../../ui/icons.ts";
import { directionOf } from "../../ui/locale.ts";
import { en } from "../../ui/locales/en-more.ts";
import { minutesToRead } from "../../ui/reading-time.ts";
import { relative } from "../../ui/relative.ts";
import { RichTextView } from "../../ui/rich-text.tsx";
import prose from "../../ui/styles/prose.css?inline";
import { useApp } from "../context.ts";
import { takesFocus, useEffect, useRef } from "../hooks.ts";
import type { Reader } from "../models/reader.ts";
import articleCss from "../styles/article.css?inline";
import { Bones } from "./later.tsx";

export { createReader } from "../models/reader.ts";
export const css = prose + articleCss;
export const sentences = en;

/** The reader: an article, whether it helped, and the way to a person. */
export function View() {
  const app = useApp();
  const { say, place, locale, availability, suggestions } = app;
  const reader = useReader();
  const { current } = place;
  const id = current.value.view === "article" ? current.value.id : undefined;
  const body = useRef<HTMLDivElement | null>(null);
  const heading = useRef<HTMLHeadingElement | null>(null);
  const article = reader.article.value;
  const failed = reader.failed.value;

  useEffect(() => {
    if (id) void reader.open(id);
  }, [id]);
  useEffect(() => {
    body.current?.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
    const q = suggestions.answer.peek()?.q;
    if (article && q) return reader.stands(article, q, () => document.visibilityState === "visible");
  }, [article]);

  const follow = (to: string) => {
    place.go({ view: "article", id: to });
    return true;
  };
  return (
    <>
      <div class="panel-body" ref={body}>
        {article ? (
          <article class="prose" lang={article.locale} dir="auto">
            <h1 ref={heading} tabIndex={-1}>
              {article.title}
            </h1>
            <p class="small muted" lang={locale.value} dir={directionOf(locale.value)}>
              {say("article.updated", { when: relative(article.updatedAt, locale.value, Date.now()) })} ·{" "}
              {say("article.minutes", { n: minutesToRead(article.body) })}
            </p>
            <RichTextView body={article.body} follow={follow} />
            <Helpful key={article.id} id={article.id} />
          </article>
        ) : failed ? (
          <div class="empty failed">
            <p class="strong">{say(failed === "gone" ? "article.gone" : "error.load")}</p>
            {failed === "unreachable" && (
              <button type="button" class="btn btn-secondary" onClick={reader.retry}>
                {say("retry")}
              </button>
            )}
          </div>
        ) : (
          <div class="prose">
            <Bones />
          </div>
        )}
      </div>
      <button type="button" class="ask-bar" onClick={() => app.chat()}>
        <Faces people={availability.value?.agents ?? []} />
        <span>{say("article.ask")}</span>
        <Icon d={chevronRight} size={18} flip />
      </button>
    </>
  );
}

function useReader(): Reader {
  const reader = useApp().reader.made.value;
  if (!reader) throw new Error("Cannot draw: the reader was not needed first");
  return reader;
}

function Helpful({ id }: { id: string }) {
  const { say, suggestions, locale } = useApp();
  const reader = useReader();
  const said = reader.verdicts.value.get(id);
  const judge = (solved: boolean) => reader.judge(id, solved, suggestions.answer.peek()?.q);
  return (
    <div class="helpful" lang={locale.value} dir={directionOf(locale.value)}>
      {said === undefined ? (
        <>
          <p id="helpful">{say("article.helpful")}</p>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a grid everywhere */}
          <div class="pair" role="group" aria-labelledby="helpful">
            <button type="button" class="btn btn-secondary btn-lg" onClick={() => judge(true)}>
              <Icon d={check} size={18} />
              {say("yes")}
            </button>
            <button type="button" class="btn btn-secondary btn-lg" onClick={() => judge(false)}>
              <Icon d={x} size={18} />
              {say("no")}
            </button>
          </div>
        </>
      ) : (
        <p role="status" tabIndex={-1} ref={takesFocus}>
          {say(said ? "article.thanks" : "article.thanksNo")}
        </p>
      )}
    </div>
  );
}
