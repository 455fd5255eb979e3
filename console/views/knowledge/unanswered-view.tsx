import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { UnansweredQuestion } from "../../models/knowledge-unanswered.ts";
import { languageName } from "../../models/languages.ts";
import { useApp, useSentences } from "../context.ts";
import { goOnAt, takeFocus } from "../focus.ts";
import { FailedLine } from "../nowhere.tsx";
import { ArticleFinder } from "./article-finder.tsx";
import { SelfServiceView } from "./self-service.tsx";

/** What people asked and nobody wrote: what to write next. */
export function UnansweredView() {
  const { unanswered } = useApp();
  const t = useSentences();
  const open = useSignal<string | undefined>(undefined);
  const items = unanswered.items.value;
  const side = useRef<HTMLElement>(null);
  const next = () => side.current?.querySelector<HTMLElement>("[aria-expanded=true]");
  const shown = items.find(({ ids }) => ids[0] === open.value) ?? items[0];
  return (
    <aside class="side" aria-label={t.unanswered} ref={side}>
      <SelfServiceView />
      <header class="bar">
        <h2 class="bar-title" id="unanswered">
          {t.unanswered}
        </h2>
        {items.length > 0 && <span class="count">{items.length}</span>}
      </header>
      <p class="small muted unanswered-lead">{t.unansweredLead}</p>
      <FailedLine class="unanswered-lead" fault={unanswered.fault.value} again={unanswered.fetch} />
      {items.length === 0 && !unanswered.fault.value && (
        <p class="unanswered-lead">{unanswered.state.value === "loading" ? t.loading : t.unansweredNone}</p>
      )}
      <ol class="unanswered">
        {items.map((question) => (
          <Question
            key={question.ids[0]}
            question={question}
            open={question === shown}
            onSettled={() => goOnAt(next)}
            onOpen={() => {
              open.value = question.ids[0];
            }}
          />
        ))}
      </ol>
    </aside>
  );
}

function Question(props: {
  question: UnansweredQuestion;
  open: boolean;
  onOpen: () => void;
  /** It was dealt with, and is gone. */
  onSettled: () => void;
}) {
  const { unanswered, session, locale } = useApp();
  const t = useSentences();
  const linking = useSignal<boolean | undefined>(undefined);
  const { question, open } = props;
  const own = session.site.value?.locales[0];
  const facts = [
    question.locale && question.locale !== own && t.inLanguage(languageName(question.locale, locale.value)),
    question.asked > 0 && t.thenAsked(question.asked),
    question.rising && t.rising,
  ].filter(Boolean);
  const busy = unanswered.busy.value;
  return (
    <li class="unanswered-item">
      <strong class="unanswered-people" title={t.people(question.people)}>
        {question.people}
      </strong>
      <div>
        <button
          type="button"
          class="unanswered-text medium"
          dir="auto"
          lang={question.locale || undefined}
          aria-expanded={open}
          onClick={props.onOpen}
        >
          {question.text}
        </button>
        {facts.length > 0 && <p class="small muted">{facts.join(" · ")}</p>}
        {open && question.wordings.length > 0 && (
          <ul class="small muted unanswered-wordings" aria-label={t.alsoAsked}>
            {question.wordings.map((words) => (
              <li key={words} dir="auto">
                {words}
              </li>
            ))}
          </ul>
        )}
        {open &&
          (linking.value ? (
            <ArticleFinder
              start={question.text}
              hidden={({ visibility }) => visibility !== "public"}
              onChoose={({ id }) => {
                linking.value = false;
                void unanswered.link(question, id).then(props.onSettled);
              }}
              onCancel={() => {
                linking.value = false;
              }}
            />
          ) : (
            <p class="inline unanswered-actions">
              <button
                type="button"
                class="btn btn-primary btn-sm"
                disabled={busy}
                onClick={() => void unanswered.write(question)}
              >
                {question.draft ? t.openDraft : t.writeArticle}
              </button>
              <button
                type="button"
                class="btn btn-secondary btn-sm"
                disabled={busy}
                ref={linking.value === undefined ? null : takeFocus}
                onClick={() => {
                  linking.value = true;
                }}
              >
                {t.linkOne}
              </button>
              <button
                type="button"
                class="btn btn-quiet btn-sm"
                disabled={busy}
                onClick={() => void unanswered.dismiss(question).then(props.onSettled)}
              >
                {t.notForUs}
              </button>
            </p>
          ))}
      </div>
    </li>
  );
}
