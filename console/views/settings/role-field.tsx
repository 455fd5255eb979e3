import { useId } from "preact/hooks";
import type { Role } from "../../../protocol/people.ts";
import { useApp, useSentences } from "../context.ts";

/** One of the roles that this person may give: only an owner makes owners. */
export function RoleField(props: { label: string; value: Role; onChange: (role: Role) => void; bare?: boolean }) {
  const { session } = useApp();
  const t = useSentences();
  const id = useId();
  const { label, value, onChange, bare } = props;
  const mine = session.agent.value?.role;
  const roles: readonly Role[] =
    mine === "owner" || value === "owner" ? ["agent", "admin", "owner"] : ["agent", "admin"];
  return (
    <div class="role-field">
      <label class={bare ? "sr" : "label"} for={id}>
        {label}
      </label>
      <select
        id={id}
        class="field"
        value={value}
        onChange={(event) => {
          const chosen = roles.find((role) => role === event.currentTarget.value);
          if (chosen) onChange(chosen);
        }}
      >
        {roles.map((role) => (
          <option value={role} key={role}>
            {t.roles[role]}
          </option>
        ))}
      </select>
    </div>
  );
}
