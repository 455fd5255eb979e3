import { useSignal } from "@preact/signals";
import type { Site } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { Field, TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { FailedLine } from "../nowhere.tsx";
import { FormFoot } from "./form-foot.tsx";

const NOTICE_AFTER_MINUTES = 5;

/** What goes to visitors by mail. */
export function MailPage() {
  const { settings, mail } = useApp();
  const t = useSentences();
  const site = settings.site.value.value;
  const state = mail.state.value.value;
  const fault = settings.site.fault.value ?? mail.state.fault.value;
  return (
    <div class="settings">
      <h1>{t.sections.mail}</h1>
      <p>{t.mailLead}</p>
      <FailedLine fault={fault} again={() => Promise.all([settings.site.fetch(), mail.state.fetch()])} />
      {!(site && state) && !fault && <p class="muted">{t.loading}</p>}
      {state && !state.sends && <p class="once">{t.mailOff}</p>}
      {site && state?.sends && <MailForm site={site} from={state.from ?? ""} key={site.id} />}
    </div>
  );
}

function MailForm({ site, from }: { site: Site; from: string }) {
  const { settings, mail, toasts, session } = useApp();
  const t = useSentences();
  const replyTo = useSignal(site.mail?.replyTo ?? "");
  const minutes = useSignal(site.mail?.noticeAfter ?? NOTICE_AFTER_MINUTES);
  const form = useForm(async () => {
    const fault = await settings.changeSite({ mail: { replyTo: replyTo.value.trim(), noticeAfter: minutes.value } });
    if (!fault) toasts.show((t) => t.saved);
    return fault;
  });
  const test = useForm(async () => {
    const fault = await mail.test();
    if (!fault) toasts.show((t) => t.mailTested);
    return fault;
  });
  const mayNot = session.agent.value?.role === "agent";
  return (
    <form class="form-grid" onSubmit={form.submit}>
      <p>{t.mailFrom(from)}</p>
      <TextField
        label={t.mailReplyTo}
        hint={t.mailReplyToHint}
        type="email"
        value={replyTo.value}
        onText={(text) => (replyTo.value = text)}
      />
      <Field label={t.mailNotice} hint={t.mailNoticeHint}>
        {(field) => (
          <input
            {...field}
            class="field num"
            type="number"
            min={0}
            max={1440}
            required
            value={minutes.value}
            onInput={({ currentTarget: { valueAsNumber } }) => {
              if (valueAsNumber >= 0) minutes.value = Math.round(valueAsNumber);
            }}
          />
        )}
      </Field>
      <FormFoot form={{ ...form, wrong: form.wrong ?? test.wrong }}>
        <button type="button" class="btn btn-secondary" disabled={test.busy || mayNot} onClick={test.submit}>
          {t.mailTest}
        </button>
      </FormFoot>
    </form>
  );
}
