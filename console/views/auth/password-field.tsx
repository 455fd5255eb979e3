import { useSignal } from "@preact/signals";
import type { TargetedInputEvent } from "preact";
import { Icon } from "../../../ui/icon.tsx";
import { circleCheck, eye, eyeOff } from "../../../ui/icons.ts";
import { useSentences } from "../context.ts";
import { Field } from "../fields.tsx";

/** The server asks for this many characters and nothing else. */
export const PASSWORD_LENGTH = 8;

/** A password that can be looked at. `fresh` says what is asked of a new one while it is typed. */
export function PasswordField(props: {
  value: string;
  onChange: (text: string) => void;
  fresh?: boolean;
  label?: string;
  hint?: string;
  required?: boolean;
}) {
  const t = useSentences();
  const shown = useSignal(false);
  const { value, onChange, fresh, label = t.password, hint, required = true } = props;
  const length = [...value].length;
  const met = length >= PASSWORD_LENGTH;
  const shared = {
    class: "field",
    autocomplete: fresh ? "new-password" : "current-password",
    required,
    ...(fresh && { minLength: PASSWORD_LENGTH }),
    value,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onChange(event.currentTarget.value),
  };
  const rule = (
    <span class={met ? "rule is-met" : "rule"}>
      {met && <Icon d={circleCheck} size={14} />}
      {t.passwordRule(length)}
    </span>
  );
  return (
    <Field label={label} hint={fresh && (value || !hint) ? rule : hint}>
      {(field) => (
        <div class="password">
          {shown.value ? (
            <input {...field} {...shared} type="text" />
          ) : (
            <input {...field} {...shared} type="password" />
          )}
          <button
            type="button"
            class="icon-btn icon-btn-32"
            aria-label={shown.value ? t.hidePassword : t.showPassword}
            onClick={() => {
              shown.value = !shown.value;
            }}
          >
            <Icon d={shown.value ? eyeOff : eye} size={18} />
          </button>
        </div>
      )}
    </Field>
  );
}
