import { useSignal } from "@preact/signals";
import type { Role } from "../../../protocol/people.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import type { Agent } from "../../resources.ts";
import { useForm } from "../auth/form.ts";
import { useApp, useSentences } from "../context.ts";
import { TextField } from "../fields.tsx";
import { CopyButton } from "./install-page.tsx";
import { RoleField } from "./role-field.tsx";

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
      {fault && <p class="form-wrong">{t.failed(fault.message)}</p>}
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
  const { settings, session, toasts } = useApp();
  const t = useSentences();
  const asking = useSignal(false);
  const link = useSignal<string | undefined>(undefined);
  const me = person.id === session.agent.value?.id;
  const change = async (role: Role) => {
    const fault = await settings.changeRole(person.id, role);
    if (fault) toasts.show((t) => t.refused(fault.message));
  };
  const again = async () => {
    const made = await settings.inviteAgain(person.id);
    if ("code" in made) toasts.show((t) => t.refused(made.message));
    else link.value = made.invitation;
  };
  const remove = async () => {
    const fault = await settings.removeAgent(person.id);
    if (fault) toasts.show((t) => t.refused(fault.message));
  };
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
          <InviteLink name={person.name} url={link.value} />
        </div>
      )}
      {asking.value && (
        <p class="card-ask">
          {t.removeSure(person.name)}
          <button type="button" class="btn btn-secondary btn-danger btn-sm" onClick={() => void remove()}>
            {t.remove}
          </button>
          <button type="button" class="btn btn-quiet btn-sm" onClick={() => (asking.value = false)}>
            {t.cancel}
          </button>
        </p>
      )}
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
  const form = useForm(
    async () => {
      const made = await settings.invite({ email: email.value, name: name.value.trim(), role: role.value });
      if ("code" in made) return made;
      link.value = made.invitation ? { name: made.name, url: made.invitation } : undefined;
      name.value = "";
      email.value = "";
      return undefined;
    },
    ({ message }, t) => t.failed(message),
  );
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
      {form.wrong && (
        <p class="form-wrong" role="alert">
          {form.wrong}
        </p>
      )}
      {link.value && <InviteLink {...link.value} />}
    </>
  );
}

function InviteLink({ name, url }: { name: string; url: string }) {
  const t = useSentences();
  return (
    <div class="once" role="status">
      <p>{t.inviteLink(name)}</p>
      <p class="secret">
        <code class="clip">{url}</code>
        <CopyButton text={url} />
      </p>
    </div>
  );
}
