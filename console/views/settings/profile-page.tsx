import { useSignal } from "@preact/signals";
import type { Theme, Tongue } from "../../models/preferences.ts";
import { whyOf } from "../../sentences/faults.ts";
import { PasswordField } from "../auth/password-field.tsx";
import { useApp, useSentences } from "../context.ts";
import { Choice, Switch, TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { FormFoot } from "./form-foot.tsx";
import { ProfilePhoto } from "./profile-photo.tsx";
import { OwnSessions } from "./session-rows.tsx";

const THEMES = ["auto", "light", "dark"] as const satisfies Theme[];
const TONGUES = ["auto", "en", "zh-Hans"] as const satisfies Tongue[];

/** Oneself: as visitors see one, and how the console behaves on this device. */
export function ProfilePage() {
  const { preferences, bell } = useApp();
  const refused = useSignal(false);
  const t = useSentences();
  return (
    <div class="settings">
      <h1>{t.sections.profile}</h1>
      <p>{t.profileLead}</p>
      <ProfilePhoto />
      <ProfileForm />
      <OwnSessions />
      <h2>{t.appearance}</h2>
      <div class="form-grid">
        <Choice
          label={t.theme}
          visible
          options={THEMES.map((id) => ({ id, text: t.themes[id] }))}
          value={preferences.theme.value}
          onChange={(theme) => (preferences.theme.value = theme)}
        />
        <Choice
          label={t.language}
          visible
          options={TONGUES.map((id) => ({ id, text: t.tongues[id] }))}
          value={preferences.tongue.value}
          onChange={(tongue) => (preferences.tongue.value = tongue)}
        />
        <Switch
          text={t.sound}
          hint={t.soundHint}
          on={preferences.sound.value}
          onChange={(on) => {
            preferences.sound.value = on;
            // What one has switched on is heard at once.
            if (on) bell.strike();
          }}
        />
        <Switch
          text={t.notices}
          hint={refused.value ? t.noticesRefused : t.noticesHint}
          on={preferences.notices.value}
          onChange={async (on) => {
            preferences.notices.value = on;
            refused.value = on && !(await bell.allowed());
            if (refused.value) preferences.notices.value = false;
          }}
        />
        <Switch
          text={t.letters}
          hint={t.lettersHint}
          on={preferences.letters.value}
          onChange={(on) => (preferences.letters.value = on)}
        />
      </div>
    </div>
  );
}

function ProfileForm() {
  const { session, settings, toasts } = useApp();
  const t = useSentences();
  const agent = session.agent.value;
  const name = useSignal(agent?.name ?? "");
  const password = useSignal("");
  const current = useSignal("");
  const form = useForm(
    async () => {
      if (!agent) return undefined;
      const fault = await settings.changeProfile({
        name: name.value.trim(),
        ...(password.value && { password: password.value, current: current.value }),
      });
      if (fault) return fault;
      password.value = "";
      current.value = "";
      toasts.show((t) => t.saved);
      return undefined;
    },
    (fault, t) => (fault.field === "current" ? t.currentWrong : t.failed(whyOf(fault, t))),
  );
  return (
    <form class="form-grid" onSubmit={form.submit}>
      <TextField
        label={t.displayName}
        autocomplete="name"
        required
        value={name.value}
        onText={(text) => (name.value = text)}
      />
      <PasswordField
        fresh
        required={false}
        label={t.changePassword}
        hint={t.passwordKeep}
        value={password.value}
        onChange={(text) => (password.value = text)}
      />
      {password.value && (
        <PasswordField label={t.currentPassword} value={current.value} onChange={(text) => (current.value = text)} />
      )}
      <FormFoot form={form} own />
    </form>
  );
}
