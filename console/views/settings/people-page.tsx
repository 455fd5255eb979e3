import { useSignal } from "@preact/signals";
import type { Role } from "../../../protocol/people.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import type { Agent } from "../../resources.ts";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";
import { TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { FailedLine } from "../nowhere.tsx";
import { Wrong } from "../wrong.tsx";
import { Once } from "./once.tsx";
import { RoleField } from "./role-field.tsx";
import { TheirSessions } from "./session-rows.tsx";
import { Sure } from "./sure.tsx";

/** Who answers, and what they may change. */
export function PeoplePage() {
  const { settings, session } = useApp();
  const t = useSentences();
  const people = settings.people.value.value?.items;
  const fault = settings.people.fault.value;
  const manages = session.agent.value?.role !== "agent";
  return (
    <div class="settings">
      <h1>{t.sections.people}</h1>
      <p>{t.peopleLead}</p>
      <FailedLine fault={fault} again={settings.people.fetch} />
      {manages && <Invite />}
      {people && (
        <ul class="cards">
          {people.map((person) => (
            <Person person={person} manages={manages} key={person.id} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Person({ person, manages }: { person: Agent; manages: boolean }) {
  const { settings, security, session, toasts } = useApp();
  const t = useSentences();
  const asking = useSignal(false);
  const link = useSignal<string | undefined>(undefined);
  const me = person.id === session.agent.value?.id;
  const change = async (role: Role) => {
    const fault = await settings.changeRole(person.id, role);
    if (fault) toasts.show((t) => saidOf(fault, t, t.refused));
  };
  const again = async () => {
    const made = await settings.inviteAgain(person.id);
    if ("code" in made) toasts.show((t) => saidOf(made, t, t.refused));
    else link.value = made.invitation;
  };
  const looking = security.looking.value === person.id;
  return (
    <li>
      <div class="card-row">
        <Avatar name={person.name} avatar={person.avatar} size={32} />
        <span class="shrink">
          <span class="medium clip">
            {person.name}
            {me && <span class="muted plain"> · {t.you}</span>}
          </span>
          <span class="small muted clip">{person.email}</span>
        </span>
        {person.invited && <span class="badge badge-accent">{t.invited}</span>}
        {person.invited && manages && (
          <button type="button" class="btn btn-quiet btn-sm" onClick={() => void again()}>
            {t.newLink}
          </button>
        )}
        {manages && !me ? (
          <>
            {!person.invited && (
              <button
                type="button"
                class="btn btn-quiet btn-sm"
                aria-expanded={looking}
                onClick={() => void security.look(looking ? undefined : person.id)}
              >
                {t.sessions}
              </button>
            )}
            <RoleField
              label={`${t.role}: ${person.name}`}
              bare
              value={person.role}
              onChange={(role) => void change(role)}
            />
            <button type="button" class="btn btn-quiet btn-sm" onClick={() => (asking.value = true)}>
              {t.remove}
            </button>
          </>
        ) : (
          <span class="badge">{t.roles[person.role]}</span>
        )}
      </div>
      {link.value && (
        <div class="card-link">
          <Once say={t.inviteLink(person.name)} text={link.value} />
        </div>
      )}
      {looking && <TheirSessions id={person.id} name={person.name} />}
      <Sure
        asking={asking}
        say={t.removeSure(person.name)}
        act={t.remove}
        onAct={() => settings.removeAgent(person.id)}
      />
    </li>
  );
}

function Invite() {
  const { settings } = useApp();
  const t = useSentences();
  const name = useSignal("");
  const email = useSignal("");
  const role = useSignal<Role>("agent");
  const link = useSignal<{ name: string; url: string } | undefined>(undefined);
  const form = useForm(async () => {
    const made = await settings.invite({ email: email.value, name: name.value.trim(), role: role.value });
    if ("code" in made) return made;
    link.value = made.invitation ? { name: made.name, url: made.invitation } : undefined;
    name.value = "";
    email.value = "";
    return undefined;
  });
  return (
    <>
      <h2>{t.inviteSomebody}</h2>
      <form class="form-invite" onSubmit={form.submit}>
        <TextField label={t.name} required value={name.value} onText={(text) => (name.value = text)} />
        <TextField label={t.email} type="email" required value={email.value} onText={(text) => (email.value = text)} />
        <RoleField label={t.role} value={role.value} onChange={(chosen) => (role.value = chosen)} />
        <button type="submit" class="btn btn-primary" disabled={form.busy}>
          {t.invite}
        </button>
      </form>
      <Wrong say={form.wrong} />
      {link.value && <Once say={t.inviteLink(link.value.name)} text={link.value.url} />}
    </>
  );
}
