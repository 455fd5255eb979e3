import { useSignal } from "@preact/signals";
import { originOf } from "../../models/origin.ts";
import { whyOf } from "../../sentences/faults.ts";
import { useEntrance, useSentences } from "../context.ts";
import { TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { Link } from "../link.tsx";
import { AuthFrame } from "./frame.tsx";
import { PasswordField } from "./password-field.tsx";

/** The first run: an owner, and the website the widget is for. */
export function SetUp({ token }: { token: string }) {
  const { session, router } = useEntrance();
  const t = useSentences();
  const name = useSignal("");
  const email = useSignal("");
  const password = useSignal("");
  const site = useSignal("");
  const address = useSignal("");
  const form = useForm(
    async () => {
      const origins = address.value.trim() ? [originOf(address.value)] : [];
      const fault = await session.setUp({
        setupToken: token,
        name: name.value,
        email: email.value,
        password: password.value,
        site: { name: site.value, origins },
      });
      if (!fault) router.go({ page: "settings", section: "install" }, { replace: true });
      return fault;
    },
    (fault, t) =>
      ["not-found", "forbidden", "unauthorized"].includes(fault.code) ? t.setUpGone : t.failed(whyOf(fault, t)),
  );
  const gone = form.wrong === t.setUpGone;
  return (
    <AuthFrame side={<Steps />}>
      <div>
        <h1>{t.setUpTitle}</h1>
        <p class="muted">{t.setUpLead}</p>
      </div>
      <form class="form-grid" onSubmit={form.submit}>
        <TextField
          label={t.yourName}
          name="name"
          autocomplete="name"
          required
          value={name.value}
          onText={(text) => (name.value = text)}
        />
        <TextField
          label={t.email}
          type="email"
          name="email"
          autocomplete="username"
          required
          value={email.value}
          onText={(text) => (email.value = text)}
        />
        <PasswordField fresh value={password.value} onChange={(text) => (password.value = text)} />
        <TextField
          label={t.websiteName}
          name="site"
          autocomplete="organization"
          required
          value={site.value}
          onText={(text) => (site.value = text)}
        />
        <TextField
          label={t.websiteAddress}
          hint={t.websiteAddressHint}
          name="address"
          autocomplete="url"
          required
          value={address.value}
          onText={(text) => (address.value = text)}
        />
        {form.wrong && (
          <p class="form-wrong" role="alert">
            {form.wrong}{" "}
            {gone && (
              <Link class="link" to={{ page: "sign-in" }}>
                {t.signIn}
              </Link>
            )}
          </p>
        )}
        <button type="submit" class="btn btn-primary btn-lg btn-block" disabled={form.busy}>
          {t.createOwner}
        </button>
      </form>
      <p class="small muted">{t.setUpNote}</p>
    </AuthFrame>
  );
}

function Steps() {
  const t = useSentences();
  return (
    <>
      <h2>{t.stepsTitle}</h2>
      <ol class="steps-list">
        {t.steps.map(([title, text]) => (
          <li key={title}>
            <span class="strong">{title}</span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
