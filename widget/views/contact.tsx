import { en } from "../../ui/locales/en-more.ts";
import { useApp, useDesk } from "../context.ts";
import { takesFocus, useSignal } from "../hooks.ts";
import outcomeCss from "../styles/outcome.css?inline";

export const css = outcomeCss;
export const sentences = en;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

/** Nobody is there: where should the answer go? Asked after the question, never before. */
export function View() {
  const { say, site } = useApp();
  const { identity, session } = useDesk();
  const bad = useSignal(false);
  const saved = useSignal(false);
  // Whom the site signed for is known to it, and without mail nothing could be sent.
  if (session.visitor.value?.verified || !site.config.value?.mail) return null;
  if (saved.value)
    return (
      <p class="event" role="status" tabIndex={-1} ref={takesFocus}>
        {say("away.noted")}
      </p>
    );
  return (
    <form
      class="outcome form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const email = String(new FormData(event.currentTarget).get("email")).trim();
        bad.value = !EMAIL.test(email);
        if (bad.value) return event.currentTarget.querySelector("input")?.focus();
        void identity.need().then((made) => made.contact({ email }));
        saved.value = true;
      }}
    >
      <h2>{say("away.ask")}</h2>
      <div>
        <label class="label" for="email">
          {say("form.email")}
        </label>
        <input
          class="field"
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          inputmode="email"
          dir="ltr"
          aria-invalid={bad.value}
          aria-describedby="email-hint"
        />
        <p class={bad.value ? "hint is-bad" : "hint"} id="email-hint" role={bad.value ? "alert" : undefined}>
          {say(bad.value ? "form.emailBad" : "form.emailWhy")}
        </p>
      </div>
      <button type="submit" class="btn btn-secondary btn-lg">
        {say("form.save")}
      </button>
    </form>
  );
}
