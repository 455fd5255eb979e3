import { useSignal } from "@preact/signals";
import type { Role } from "../../../protocol/people.ts";
import { Icon } from "../../../ui/icon.tsx";
import { keyRound } from "../../../ui/icons.ts";
import { relative } from "../../../ui/when.ts";
import type { Key } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { FailedLine } from "../nowhere.tsx";
import { Wrong } from "../wrong.tsx";
import { Once } from "./once.tsx";
import { RoleField } from "./role-field.tsx";
import { Sure } from "./sure.tsx";

/** Keys for an owner's own programs. */
export function KeysPage() {
  const { settings } = useApp();
  const t = useSentences();
  const keys = settings.keys.value.value?.items;
  const fault = settings.keys.fault.value;
  return (
    <div class="settings">
      <h1>{t.sections.keys}</h1>
      <p>{t.keysLead}</p>
      <FailedLine fault={fault} again={settings.keys.fetch} />
      <MakeKey />
      {keys?.length === 0 && <p class="muted settings-none">{t.noKeys}</p>}
      {keys && keys.length > 0 && (
        <ul class="cards">
          {keys.map((key) => (
            <KeyRow made={key} key={key.id} />
          ))}
        </ul>
      )}
    </div>
  );
}

function MakeKey() {
  const { settings } = useApp();
  const t = useSentences();
  const name = useSignal("");
  const role = useSignal<Role>("agent");
  const token = useSignal<string | undefined>(undefined);
  const form = useForm(async () => {
    const made = await settings.makeKey({ name: name.value.trim(), role: role.value });
    if ("code" in made) return made;
    token.value = made.token;
    name.value = "";
    return undefined;
  });
  return (
    <>
      <h2>{t.newKey}</h2>
      <form class="form-invite form-key" onSubmit={form.submit}>
        <TextField label={t.keyName} required value={name.value} onText={(text) => (name.value = text)} />
        <RoleField label={t.role} value={role.value} onChange={(chosen) => (role.value = chosen)} />
        <button type="submit" class="btn btn-primary" disabled={form.busy}>
          {t.makeKey}
        </button>
      </form>
      <Wrong say={form.wrong} />
      {token.value && <Once say={t.keyOnce} text={token.value} />}
    </>
  );
}

function KeyRow({ made }: { made: Key }) {
  const { settings, locale, clock } = useApp();
  const t = useSentences();
  const asking = useSignal(false);
  return (
    <li>
      <div class="card-row">
        <Icon d={keyRound} size={18} />
        <span class="shrink">
          <span class="medium clip">{made.name}</span>
          <span class="small muted">
            {t.madeBy(made.creator?.name, relative(made.createdAt, locale.value, clock.now.value))}
          </span>
        </span>
        <span class="badge">{t.roles[made.role]}</span>
        <button type="button" class="btn btn-quiet btn-sm" onClick={() => (asking.value = true)}>
          {t.remove}
        </button>
      </div>
      <Sure asking={asking} say={t.removeKeySure(made.name)} act={t.remove} onAct={() => settings.removeKey(made.id)} />
    </li>
  );
}
