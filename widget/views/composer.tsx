import { Icon } from "../../ui/icon.tsx";
import { arrowUp, circleAlert, smile } from "../../ui/icons.ts";
import { composing } from "../../ui/keys.ts";
import { OFFER_LIMIT, TEXT_LIMIT } from "../app.ts";
import { useApp } from "../context.ts";
import { useEffect, useRef, useSignal } from "../hooks.ts";
import { Clip } from "./clip.tsx";
import { OFFERED } from "./home.tsx";
import { ahead, Later, want } from "./later.tsx";

const emoji = () => import("./emoji.tsx");

/** The one box to write in: on Home it searches and asks, in a chat it answers. It keeps its place and its text. */
export function Composer() {
  const app = useApp();
  const { say, draft, suggestions, place } = app;
  const desk = app.desk.made.value;
  const ref = useRef<HTMLTextAreaElement | null>(null);
  const home = place.current.value.view === "home";
  const text = draft.text.value;
  const over = text.length > TEXT_LIMIT - OFFER_LIMIT ? [...text].length - TEXT_LIMIT : 0;
  const ready = over <= 0 && Boolean(text.trim() || draft.files.value[0]);
  // Where the owner wants answers first, a person is offered beside them, and by every article.
  const answersFirst = home && app.mode.value === "self-service" && suggestions.forPage.value?.length;
  const found = suggestions.answer.value;

  // The field is the browser's while a person types; only a text from elsewhere is put into it, never into a composition.
  useEffect(() => {
    const field = ref.current;
    if (!field) return;
    if (field.value !== text) field.value = text;
    field.style.blockSize = "auto";
    // Empty it has its one line: measuring would lay the panel out before it is shown.
    if (text) field.style.blockSize = `${field.scrollHeight}px`;
  }, [text, home]);

  const wish = app.focus.value;
  useEffect(() => {
    if (wish) ref.current?.focus();
  }, [wish]);

  const changed = (value: string) => {
    draft.set(value);
    if (home) suggestions.type(value);
    else desk?.typed(value.trim() !== "");
  };
  const send = () => {
    app.send();
    ref.current?.focus();
  };
  const toAnswers = () => {
    const root = ref.current?.getRootNode() as ParentNode | undefined;
    root?.querySelector<HTMLElement>(OFFERED)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !matchMedia("(pointer: coarse)").matches) {
      event.preventDefault();
      if (answersFirst && found?.found.length) toAnswers();
      else if (ready) send();
    }
    if (event.key === "ArrowDown" && home) {
      // A long question stands on several lines: the key leads on only where the caret went no further down.
      const at = ref.current?.selectionEnd;
      setTimeout(() => ref.current?.selectionEnd === at && toAnswers());
    }
  };
  const label = home ? say("ask.placeholder") : say("composer.placeholder");
  return (
    <form
      class="panel-foot"
      hidden={!home && desk?.outcome.made.value?.step.value === "reasons"}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send();
        else if (home && over <= 0) app.chat();
      }}
    >
      {over > 0 && (
        <p class="over" role="alert">
          <Icon d={circleAlert} size={14} />
          {say("composer.tooLong", { n: over })}
        </p>
      )}
      <div class={home ? "composer" : "composer composer-line"}>
        <Clip />
        <textarea
          ref={ref}
          class="composer-text"
          rows={1}
          // Empty it would run from left to right in any language, and what it says stand at the wrong side.
          dir={text ? "auto" : undefined}
          placeholder={label}
          aria-label={label}
          enterkeyhint={home ? "search" : "enter"}
          onInput={(event) => {
            if (!event.isComposing) changed(event.currentTarget.value);
          }}
          onCompositionEnd={(event) => changed(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={() => desk?.typed(false)}
        />
        {home ? (
          <div class="composer-bar" hidden={Boolean(answersFirst) && !found}>
            <button type="submit" class={ready ? "btn btn-primary" : "btn btn-secondary"}>
              {say("ask.send")}
            </button>
          </div>
        ) : (
          <>
            <Emoji />
            <button type="submit" class="send" aria-label={say("composer.send")} disabled={!ready}>
              <Icon d={arrowUp} />
            </button>
          </>
        )}
      </div>
    </form>
  );
}

/** Phones bring their own picker: there is none where a finger is the pointer. Ours comes with its first use. */
function Emoji() {
  const app = useApp();
  const { say } = app;
  const wanted = useSignal(false);
  if (matchMedia("(pointer: coarse)").matches) return null;
  const button = (
    <span class="emoji-place">
      <button
        type="button"
        class="icon-btn"
        aria-label={say("composer.emoji")}
        aria-haspopup="dialog"
        aria-expanded="false"
        onPointerEnter={() => ahead(emoji)}
        onFocus={() => ahead(emoji)}
        onClick={() =>
          want(app, emoji, () => {
            wanted.value = true;
          })
        }
      >
        <Icon d={smile} />
      </button>
    </span>
  );
  return wanted.value ? <Later load={emoji} meanwhile={button} /> : button;
}
