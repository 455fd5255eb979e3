import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { whyOf } from "../../sentences/faults.ts";
import { useEntrance, useSentences } from "../context.ts";
import { TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { Link } from "../link.tsx";
import { Wrong } from "../wrong.tsx";
import { AuthFrame } from "./frame.tsx";
import { PasswordField } from "./password-field.tsx";

/** Somebody was invited: a password makes them a colleague. */
export function Invitation({ token }: { token: string }) {
  const { session, router } = useEntrance();
  const t = useSentences();
  const name = useSignal("");
  const password = useSignal("");
  const email = useSignal<string | undefined>(undefined);
  const gone = useSignal(false);
  useEffect(() => {
    void session.invited(token).then((answer) => {
      if (!answer.ok) {
        gone.value = answer.fault.retry === "never";
        return;
      }
      email.value = answer.value.email;
      name.value ||= answer.value.name;
    });
  }, [token, session]);
  const form = useForm(
    async () => {
      const by = { password: password.value, ...(name.value.trim() && { name: name.value.trim() }) };
      const fault = await session.accept(token, by);
      if (!fault) router.go({ page: "inbox", view: "waiting" }, { replace: true });
      return fault;
    },
    (fault, t) =>
      ["not-found", "forbidden", "unauthorized"].includes(fault.code) ? t.invitationGone : t.failed(whyOf(fault, t)),
  );
  if (gone.value)
    return (
      <AuthFrame>
        <h1>{t.invitationTitle}</h1>
        <p role="alert">{t.invitationGone}</p>
        <p>
          <Link class="link" to={{ page: "sign-in" }}>
            {t.signIn}
          </Link>
        </p>
      </AuthFrame>
    );
  return (
    <AuthFrame>
      <div>
        <h1>{t.invitationTitle}</h1>
        <p class="muted">{email.value ? t.invitationFor(email.value) : t.invitationLead}</p>
      </div>
      <form class="form-grid" onSubmit={form.submit}>
        <TextField
          label={t.yourName}
          name="name"
          autocomplete="name"
          value={name.value}
          onText={(text) => (name.value = text)}
        />
        <PasswordField fresh value={password.value} onChange={(text) => (password.value = text)} />
        <Wrong say={form.wrong} />
        <button type="submit" class="btn btn-primary btn-lg btn-block" disabled={form.busy}>
          {t.join}
        </button>
      </form>
    </AuthFrame>
  );
}
