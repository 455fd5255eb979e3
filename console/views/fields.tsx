import type { ComponentChildren, TargetedInputEvent } from "preact";
import { useId } from "preact/hooks";

/** A labelled field with a hint below. `children` gets the id that ties them together. */
export function Field(props: {
  label: string;
  hint?: ComponentChildren;
  wrong?: string | undefined;
  children: (field: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ComponentChildren;
}) {
  const id = useId();
  const { label, hint, wrong } = props;
  const described = wrong || hint ? `${id}-hint` : undefined;
  return (
    <div>
      <label class="label" for={id}>
        {label}
      </label>
      {props.children({
        id,
        ...(described && { "aria-describedby": described }),
        ...(wrong && { "aria-invalid": true }),
      })}
      {described && (
        <p class={wrong ? "hint hint-wrong" : "hint"} id={described}>
          {wrong || hint}
        </p>
      )}
    </div>
  );
}

/** One line of text. */
export function TextField(props: {
  label: string;
  hint?: ComponentChildren;
  type?: "text" | "email";
  name?: string;
  autocomplete?: string;
  required?: boolean;
  value: string;
  onText: (text: string) => void;
}) {
  const { label, hint, value, onText, type = "text", ...rest } = props;
  const shared = {
    ...rest,
    class: "field",
    value,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onText(event.currentTarget.value),
  };
  return (
    <Field label={label} hint={hint}>
      {(field) =>
        type === "email" ? <input {...shared} {...field} type="email" /> : <input {...shared} {...field} type="text" />
      }
    </Field>
  );
}

/** Several lines. */
export function AreaField(props: {
  label: string;
  hint?: ComponentChildren;
  value: string;
  rows?: number;
  mono?: boolean;
  onText: (text: string) => void;
}) {
  const { label, hint, value, rows = 3, mono, onText } = props;
  return (
    <Field label={label} hint={hint}>
      {(field) => (
        <textarea
          {...field}
          class={mono ? "field mono" : "field"}
          rows={rows}
          dir="auto"
          value={value}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** One of a few, side by side. Real radio buttons underneath: arrow keys, forms and readers know them. */
export function Choice<T extends string>(props: {
  label: string;
  options: readonly { readonly id: T; readonly text: ComponentChildren }[];
  value: T;
  onChange: (id: T) => void;
  small?: boolean;
  visible?: boolean;
}) {
  const name = useId();
  const { label, options, value, onChange, small, visible } = props;
  return (
    <fieldset>
      <legend class={visible ? "label" : "sr"}>{label}</legend>
      <div class={small ? "choice choice-sm" : "choice"}>
        {options.map(({ id, text }) => (
          <label key={id}>
            <input class="sr" type="radio" name={name} checked={id === value} onChange={() => onChange(id)} />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** On or off, at once. */
export function Switch(props: { text: string; hint: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={props.on} onChange={(event) => props.onChange(event.currentTarget.checked)} />
      <span>
        <span class="medium">{props.text}</span>
        <span class="hint check-hint">{props.hint}</span>
      </span>
    </label>
  );
}
