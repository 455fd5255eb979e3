import { en } from "../../ui/locales/en-courtesies.ts";
import { useApp, useDesk } from "../context.ts";
import { takesFocus, useEffect, useOnce, useRef } from "../hooks.ts";
import { createTranscript } from "../models/transcript.ts";
import outcomeCss from "../styles/outcome.css?inline";
import transcriptCss from "../styles/transcript.css?inline";

export const css = outcomeCss + transcriptCss;
export const sentences = en;

/** The conversation by mail, in the menu's own place: an address, a code, and where it went. */
export function View() {
  const app = useApp();
  const { say } = app;
  const desk = useDesk();
  const transcript = useOnce(() => createTranscript(app, desk));
  const form = useRef<HTMLFormElement | null>(null);
  const step = transcript.step.value;
  const wrong = transcript.wrong.value;
  useEffect(() => void transcript.send(), []);
  useEffect(() => form.current?.querySelector("input")?.focus(), [step]);

  if (step === "sending")
    return (
      <p key={step} class="transcript muted" tabIndex={-1} ref={takesFocus}>
        …
      </p>
    );
  if (step === "sent" || step === "failed")
    return (
      <p key={step} class="transcript" role="status" tabIndex={-1} ref={takesFocus}>
        {step === "sent" ? say("transcript.sent", { email: transcript.email.value }) : say("transcript.failed")}
      </p>
    );
  const code = step === "code";
  const hint = code
    ? wrong
      ? "transcript.codeBad"
      : undefined
    : wrong
      ? ("form.emailBad" as const)
      : ("transcript.why" as const);
  const field = {
    class: "field",
    id: "given",
    name: "given",
    dir: "ltr",
    "aria-invalid": Boolean(wrong),
    ...(hint && { "aria-describedby": "given-hint" }),
  } as const;
  return (
    <form
      key={step}
      ref={form}
      class="transcript outcome form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const given = String(new FormData(event.currentTarget).get("given")).trim();
        void (code ? transcript.code(given) : transcript.address(given));
      }}
    >
      <div>
        <label class="label" for="given">
          {say(code ? "transcript.code" : "form.email")}
        </label>
        {code ? (
          <input {...field} type="text" inputmode="numeric" autocomplete="one-time-code" />
        ) : (
          <input {...field} type="email" inputmode="email" autocomplete="email" defaultValue={transcript.email.value} />
        )}
        {hint && (
          <p class={wrong ? "hint is-bad" : "hint"} id="given-hint" role={wrong ? "alert" : undefined}>
            {say(hint)}
          </p>
        )}
      </div>
      <button type="submit" class="btn btn-primary">
        {say(code ? "transcript.confirm" : "transcript.ask")}
      </button>
    </form>
  );
}
