import { Icon } from "../../ui/icon.tsx";
import { chevronRight, fileText } from "../../ui/icons.ts";
import { composing } from "../../ui/keys.ts";
import { MarkedText } from "../../ui/marked-text.tsx";
import { afterPaint } from "../after-paint.ts";
import { useApp } from "../context.ts";
import { useEffect } from "../hooks.ts";
import type { Answer } from "../models/suggestions.ts";
import { Bones, Later } from "./later.tsx";
import { Status } from "./status.tsx";

/** What ↓ leads to from the composer. */
export const OFFERED = "[data-answer], .row";

const resume = () => import("./resume.tsx");
const steps = () => import("./steps.tsx");
const nothing = () => import("./nothing.tsx");

/** The way in: what may help on this page, what was being talked about, and answers while typing. */
export function Home() {
  const { say, site, suggest, suggestions, desk, focus } = useApp();
  const answer = suggestions.answer.value;
  useEffect(() => afterPaint(suggest), []);
  // From the composer ↓ leads here: on from one to the next, and back up to the words, without a step through all.
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || composing(event)) return;
    const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(OFFERED)];
    const at = rows.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    event.preventDefault();
    if (at + step < 0) focus.value += 1;
    else rows[at + step]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what the articles in it do
    <div class={answer ? "panel-body has-answers" : "panel-body"} onKeyDown={onKeyDown}>
      <div class="greeting">
        <h1 tabIndex={-1} data-start>
          {site.config.value?.greeting || say("home.greeting")}
        </h1>
        <Status />
      </div>
      {answer ? (
        <Answers {...answer} />
      ) : (
        <>
          {Boolean(desk.made.value?.thread.items.value[0]) && <Later load={resume} meanwhile={null} />}
          <ForPage />
          {site.config.value?.firstSteps && <Later load={steps} meanwhile={null} />}
        </>
      )}
    </div>
  );
}

function ForPage() {
  const { say, suggestions, place } = useApp();
  const found = suggestions.forPage.value;
  if (!found) return suggestions.failed.value ? null : <Bones />;
  if (found.length === 0) return null;
  return (
    <>
      <h2 class="section-label">{say("suggest.title")}</h2>
      <ul class="rows">
        {found.map(({ id, title, locale }) => (
          <li key={id}>
            <button type="button" class="row" lang={locale} onClick={() => place.go({ view: "article", id })}>
              <Icon d={fileText} size={18} />
              <span class="row-text row-title" dir="auto">
                {title}
              </span>
              <Icon d={chevronRight} size={16} flip />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Answers({ found }: Answer) {
  const { say, place } = useApp();
  return (
    <div class="answers">
      {found.length > 0 ? (
        <div role="status">
          <h2 class="section-label">
            {found.length === 1 ? say("search.one") : say("search.results", { n: found.length })}
          </h2>
        </div>
      ) : (
        <div class="empty">
          <p class="strong" role="status">
            {say("search.none")}
          </p>
          <Later load={nothing} meanwhile={null} />
        </div>
      )}
      <ul class="rows">
        {found.map(({ id, title, excerpt, locale, marks = [] }) => (
          <li key={id}>
            <button
              type="button"
              class="answer"
              data-answer
              lang={locale}
              onClick={() => place.go({ view: "article", id })}
            >
              <Icon d={fileText} size={18} />
              <span class="row-text">
                <span class="answer-title" dir="auto">
                  <MarkedText text={title} marks={marks} />
                </span>
                <span class="answer-snippet" dir="auto">
                  {excerpt}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
