import { useSignal } from "@preact/signals";
import { useApp, useSentences } from "../context.ts";
import { TextField } from "../fields.tsx";
import { useForm } from "./form.ts";
import { AuthFrame } from "./frame.tsx";
import { PasswordField } from "./password-field.tsx";

/** Somebody was invited: a password makes them a colleague. */
export function Invitation({ token }: { token: string }) {
  const { session, router } = useApp();
  const t = useSentences();
  const name = useSignal("");
  const password = useSignal("");
  const form = useForm(
    async () => {
      const by = { password: password.value, ...(name.value.trim() && { name: name.value.trim() }) };
      const fault = await session.accept(token, by);
      if (!fault) router.go({ page: "inbox", view: "waiting" }, { replace: true });
      return fault;
    },
    ({ code, message }, t) =>
      ["not-found", "forbidden", "unauthorized"].includes(code) ? t.invitationGone : t.failed(message),
  );
  return (
    <AuthFrame>
      <div>
        <h1>{t.invitationTitle}</h1>
        <p class="muted">{t.invitationLead}</p>
      </div>
      <form class="form-grid" onSubmit={form.submit}>
        <TextField
          label={`${t.yourName} ${t.optional}`}
          name="name"
          autocomplete="name"
          value={name.value}
          onText={(text) => (name.value = text)}
        />
        <PasswordField fresh value={password.value} onChange={(text) => (password.value = text)} />
        {form.wrong && (
          <p class="form-wrong" role="alert">
            {form.wrong}
          </p>
        )}
        <button type="submit" class="btn btn-primary btn-lg btn-block" disabled={form.busy}>
          {t.join}
        </button>
      </form>
    </AuthFrame>
  );
}
