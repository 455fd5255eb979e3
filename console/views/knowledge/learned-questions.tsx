import { useSignal } from "@preact/signals";
import { relative } from "../../../ui/when.ts";
import type { LearnedQuestion } from "../../models/knowledge-learned.ts";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";
import { onKeys } from "../keys.ts";
import { Wrong } from "../wrong.tsx";
import { ArticleFinder } from "./article-finder.tsx";

/** What people asked and this article answered: to be looked through, mended, moved and thrown away. */
export function LearnedQuestions() {
  const { learned, editor } = useApp();
  const t = useSentences();
  if (!editor.saved.value) return null;
  const items = learned.items.value;
  return (
    <section class="learned" aria-label={t.learnedTitle}>
      <p class="label">
        {t.learnedTitle} {items.length > 0 && <span class="count">{items.length}</span>}
      </p>
      {items.length === 0 && <p class="hint">{t.learnedNone}</p>}
      <Wrong say={learned.fault.value && saidOf(learned.fault.value, t)} />
      <ul>
        {items.map((question) => (
          <Row question={question} key={question.id} />
        ))}
      </ul>
    </section>
  );
}

function Row({ question }: { question: LearnedQuestion }) {
  const { learned, editor, locale, clock } = useApp();
  const t = useSentences();
  const doing = useSignal<"nothing" | "mending" | "moving">("nothing");
  const text = useSignal(question.text);
  const done = () => {
    doing.value = "nothing";
  };
  const mend = async () => {
    const mended = text.value.trim();
    if (mended && (mended === question.text || (await learned.mend(question.id, mended)))) done();
  };
  if (doing.value === "mending")
    return (
      <li>
        <textarea
          class="field"
          rows={2}
          dir="auto"
          maxLength={300}
          aria-label={t.questionsField}
          ref={(field) => field?.focus()}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
          onKeyDown={onKeys((event) => {
            if (event.key === "Escape") done();
            if (event.key !== "Enter") return;
            event.preventDefault();
            void mend();
          })}
        />
        <p class="inline side-actions">
          <button type="button" class="btn btn-secondary btn-sm" onClick={() => void mend()}>
            {t.save}
          </button>
          <button type="button" class="btn btn-quiet btn-sm" onClick={done}>
            {t.cancel}
          </button>
        </p>
      </li>
    );
  return (
    <li>
      <p dir="auto">{question.text}</p>
      <p class="small muted">
        {weightIn(t, question.weight)} · {t.taughtBy[question.origin as keyof typeof t.taughtBy] ?? question.origin} ·{" "}
        {relative(question.createdAt, locale.value, clock.now.value)}
      </p>
      {doing.value === "moving" ? (
        <ArticleFinder
          start={question.text}
          except={editor.saved.value?.id}
          onChoose={({ id }) => void learned.move(question.id, id)}
          onCancel={done}
        />
      ) : (
        <p class="inline learned-actions">
          <button
            type="button"
            class="link"
            onClick={() => {
              text.value = question.text;
              doing.value = "mending";
            }}
          >
            {t.mend}
          </button>
          <button
            type="button"
            class="link"
            onClick={() => {
              doing.value = "moving";
            }}
          >
            {t.move}
          </button>
          <button type="button" class="link" onClick={() => void learned.remove(question.id)}>
            {t.remove}
          </button>
        </p>
      )}
    </li>
  );
}

/** What a weight means, not its number: one confirms, half is silence, below nothing is against. */
function weightIn(t: ReturnType<typeof useSentences>, weight: number): string {
  if (weight < 0) return t.weights.against;
  return weight >= 1 ? t.weights.confirmed : t.weights.silent;
}
