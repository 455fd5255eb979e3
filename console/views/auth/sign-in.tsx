import { useSignal } from "@preact/signals";
import { whyOf } from "../../sentences/faults.ts";
import { useEntrance, useSentences } from "../context.ts";
import { TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { Wrong } from "../wrong.tsx";
import { AuthFrame } from "./frame.tsx";
import { PasswordField } from "./password-field.tsx";

/** Email and password. Whoever came by a deep link stands there again afterwards. */
export function SignIn() {
  const { session, router, unsent } = useEntrance();
  const t = useSentences();
  const email = useSignal("");
  const password = useSignal("");
  const form = useForm(
    async () => {
      const fault = await session.signIn({ email: email.value, password: password.value });
      if (!fault && router.route.peek().page === "sign-in")
        router.go({ page: "inbox", view: "waiting" }, { replace: true });
      return fault;
    },
    (fault, t) => (fault.code === "unauthorized" ? t.wrongPassword : t.failed(whyOf(fault, t))),
  );
  return (
    <AuthFrame>
      <h1>{t.signInTitle}</h1>
      {unsent.value && <p role="status">{unsent.value === "kept" ? t.unsent : t.brief}</p>}
      <form class="form-grid" onSubmit={form.submit}>
        <TextField
          label={t.email}
          type="email"
          name="email"
          autocomplete="username"
          required
          value={email.value}
          onText={(text) => (email.value = text)}
        />
        <PasswordField value={password.value} onChange={(text) => (password.value = text)} />
        <Wrong say={form.wrong} />
        <button type="submit" class="btn btn-primary btn-lg btn-block" disabled={form.busy}>
          {t.signIn}
        </button>
      </form>
    </AuthFrame>
  );
}
