import type { Reason } from "../../protocol/event.ts";
import { Icon } from "../../ui/icon.tsx";
import { check } from "../../ui/icons.ts";
import { composing } from "../../ui/keys.ts";
import { en } from "../../ui/locales/en-more.ts";
import { Logo } from "../../ui/logo.tsx";
import type { Sentence } from "../../ui/sentences.ts";
import { useApp, useDesk } from "../context.ts";
import { takesFocus, useEffect, useRef, useSignal } from "../hooks.ts";
import type { Outcome } from "../models/outcome.ts";
import outcomeCss from "../styles/outcome.css?inline";

export { createOutcome } from "../models/outcome.ts";
export const css = outcomeCss;
export const sentences = en;

const POINTS = [1, 2, 3, 4, 5] as const;
const REASONS: readonly Reason[] = ["wait", "understanding", "answer", "effort", "politeness", "product", "policy"];
const COMMENT_LIMIT = 1_000;

/** How it ended: solved or not, then how good the help was. Nothing is preselected; everything may be skipped. */
export function View() {
  switch (useOutcome().step.value) {
    case "solved":
      return <Solved />;
    case "rating":
      return <Rating />;
    case "reasons":
      return <Reasons />;
    case "thanks":
      return <Thanks />;
    default:
      return null;
  }
}

function useOutcome(): Outcome {
  const outcome = useDesk().outcome.made.value;
  if (!outcome) throw new Error("Cannot draw: the outcome was not needed first");
  return outcome;
}

function Solved() {
  const { say } = useApp();
  const outcome = useOutcome();
  return (
    <section class="outcome" aria-labelledby="solved">
      <h2 id="solved">{say("resolved.ask")}</h2>
      <div class="pair">
        <button type="button" class="btn btn-secondary btn-lg" onClick={() => outcome.solved(true)}>
          {say("resolved.yes")}
        </button>
        <button type="button" class="btn btn-secondary btn-lg" onClick={() => outcome.solved(false)}>
          {say("resolved.no")}
        </button>
      </div>
    </section>
  );
}

function Rating() {
  const { say } = useApp();
  const outcome = useOutcome();
  const rating = outcome.answer.value?.rating;
  const skip = ({ currentTarget }: { currentTarget: Element }) => {
    outcome.skip();
    // Where nothing comes in its place.
    if (!outcome.step.peek()) currentTarget.closest<HTMLElement>(".panel-body")?.focus();
  };
  return (
    <section class="outcome" aria-labelledby="rate">
      <h2 id="rate" tabIndex={-1} ref={takesFocus}>
        {say("rate.ask")}
      </h2>
      <Scale />
      <div class="outcome-foot">
        <button type="button" class="btn btn-quiet" onClick={skip}>
          {say("rate.skip")}
        </button>
        <button type="button" class="btn btn-primary" disabled={rating === undefined} onClick={outcome.next}>
          {say("rate.next")}
        </button>
      </div>
    </section>
  );
}

/** A radio group with one stop for the keyboard: arrows move and choose. */
function Scale() {
  const { say } = useApp();
  const outcome = useOutcome();
  const ref = useRef<HTMLDivElement | null>(null);
  const rating = outcome.answer.value?.rating;
  const choose = (point: number) => {
    outcome.rate(point);
    ref.current?.querySelectorAll<HTMLElement>("[role=radio]")[point - 1]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, point: number) => {
    if (composing(event)) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    choose(((point - 1 + step + POINTS.length) % POINTS.length) + 1);
  };
  return (
    <div class="scale" role="radiogroup" aria-labelledby="rate" ref={ref}>
      {POINTS.map((point) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio saves only on change; this one saves on choosing it again
        <button
          key={point}
          type="button"
          class={point === rating ? "scale-point is-on" : "scale-point"}
          role="radio"
          aria-checked={point === rating}
          tabIndex={point === (rating ?? 1) ? 0 : -1}
          onClick={() => choose(point)}
          onKeyDown={(event) => onKeyDown(event, point)}
        >
          <span class="radio" />
          {say(`rate.${point}`)}
          <span class="steps" aria-hidden="true">
            {POINTS.map((bar) => (
              <i key={bar} class={bar === point ? "on" : ""} />
            ))}
          </span>
        </button>
      ))}
    </div>
  );
}

function Reasons() {
  const { say } = useApp();
  const outcome = useOutcome();
  const answer = outcome.answer.value;
  const reasons = useSignal<readonly Reason[]>(answer?.reasons ?? []);
  const comment = useSignal(answer?.comment ?? "");
  const heading = useRef<HTMLHeadingElement | null>(null);
  useEffect(() => heading.current?.focus(), []);
  const turn = (reason: Reason) => {
    reasons.value = reasons.value.includes(reason)
      ? reasons.value.filter((other) => other !== reason)
      : [...reasons.value, reason];
  };
  return (
    <form
      class="outcome"
      onSubmit={(event) => {
        event.preventDefault();
        const text = comment.value.trim();
        outcome.feedback({ reasons: [...reasons.value], ...(text && { comment: text }) });
      }}
    >
      <p class="small muted">{say("rate.yours")}</p>
      <div class="scale scale-folded">
        <div class="scale-point is-on">
          <span class="radio" />
          {say(`rate.${answer?.rating ?? 3}` as Sentence)}
          <button type="button" class="btn btn-sm link push" onClick={outcome.change}>
            {say("rate.change")}
          </button>
        </div>
      </div>
      <h2 id="reasons" ref={heading} tabIndex={-1}>
        {say("rate.reasons")}
      </h2>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot wrap like this everywhere */}
      <div class="chips" role="group" aria-labelledby="reasons">
        {REASONS.map((reason) => {
          const on = reasons.value.includes(reason);
          return (
            <button
              key={reason}
              type="button"
              class={on ? "chip is-on" : "chip"}
              aria-pressed={on}
              onClick={() => turn(reason)}
            >
              {on && <Icon d={check} size={16} />}
              {say(`reason.${reason}`)}
            </button>
          );
        })}
      </div>
      <label class="label" for="comment">
        {say("rate.comment")}
      </label>
      <textarea
        class="field"
        id="comment"
        rows={2}
        dir="auto"
        maxLength={COMMENT_LIMIT}
        defaultValue={comment.peek()}
        onInput={(event) => {
          comment.value = event.currentTarget.value;
        }}
      />
      <div class="outcome-foot">
        <button type="button" class="btn btn-quiet" onClick={outcome.skip}>
          {say("rate.skip")}
        </button>
        <button type="submit" class="btn btn-primary">
          {say("rate.send")}
        </button>
      </div>
    </form>
  );
}

function Thanks() {
  const { say, locale } = useApp();
  const outcome = useOutcome();
  const until = new Date(outcome.until.value);
  const time = until.toLocaleString(locale.value, { weekday: "long", hour: "numeric", minute: "2-digit" });
  return (
    <section class="outcome center">
      <Logo size={32} />
      <h2 tabIndex={-1} ref={takesFocus}>
        {say("rate.thanksTitle")}
      </h2>
      <p class="muted">
        {say("rate.thanks")}
        <br />
        {until.getTime() > Date.now() && say("rate.until", { time })}
      </p>
      {until.getTime() > Date.now() && (
        <button type="button" class="btn btn-quiet" onClick={outcome.change}>
          {say("rate.change")}
        </button>
      )}
    </section>
  );
}
