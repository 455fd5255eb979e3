import { useEffect } from "preact/hooks";
import { Avatar } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { chevronRight, fileText } from "../../ui/icons.ts";
import { givenName } from "../../ui/initials.ts";
import { MarkedText } from "../../ui/marked-text.tsx";
import { ago } from "../../ui/when.ts";
import { useApp } from "../context.ts";
import type { Answer } from "../models/suggestions.ts";
import { Bones } from "./later.tsx";
import { Status } from "./status.tsx";

/** The way in: what may help on this page, what was being talked about, and answers while typing. */
export function Home() {
  const { say, site, suggestions } = useApp();
  const answer = suggestions.answer.value;
  useEffect(() => suggestions.refresh(), []);
  return (
    <div class={answer ? "panel-body has-answers" : "panel-body"}>
      <div class="greeting">
        <h1 tabIndex={-1} data-start>
          {site.config.value?.greeting ?? say("home.greeting")}
        </h1>
        <Status />
      </div>
      {answer ? (
        <Answers {...answer} />
      ) : (
        <>
          <Resume />
          <ForPage />
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
              <span class="row-text row-title">{title}</span>
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
          <p class="muted">{say("search.noneWhy")}</p>
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
                <span class="answer-title">
                  <MarkedText text={title} marks={marks} />
                </span>
                <span class="answer-snippet">{excerpt}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Resume() {
  const app = useApp();
  const { say, thread, locale } = app;
  const conversation = thread.conversation.value;
  if (!conversation?.latest) return null;
  const { latest, assignee, subject } = conversation;
  const who = latest.by === "visitor" ? say("chat.you") : givenName(latest.name ?? say("agent.someone"));
  return (
    <button type="button" class="resume" onClick={() => app.chat()}>
      {assignee && <Avatar {...assignee} />}
      <span class="row-text">
        <span class="resume-line">
          <span class="strong clip" dir="auto">
            {subject ?? say("chat.untitled")}
          </span>
          <span class="small muted nowrap">{ago(latest.at, locale.value, Date.now())}</span>
        </span>
        <span class="resume-line">
          <span class="muted clip" dir="auto">
            {who}: {latest.text}
          </span>
          {thread.unread.value > 0 && (
            <>
              <span class="dot dot-ring" />
              <span class="sr">{say("msg.new")}</span>
            </>
          )}
        </span>
      </span>
    </button>
  );
}
