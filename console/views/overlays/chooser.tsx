import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { check } from "../../../ui/icons.ts";
import { onKeys } from "../keys.ts";

export interface Option {
  readonly id: string;
  readonly text: string;
  readonly before?: ComponentChildren;
  readonly hint?: string | undefined;
  readonly selected?: boolean;
}

/** A short list to choose from, by pointer or keys; with `find` a field narrows it, and `onMake` takes what it lacks. */
export function Chooser(props: {
  label: string;
  options: readonly Option[];
  onChoose: (id: string) => void;
  find?: string;
  /** What Enter takes at once, where it is not what is selected. */
  begin?: string | undefined;
  make?: (text: string) => string;
  onMake?: (text: string) => void;
}) {
  const { label, options, onChoose, find, begin, make, onMake } = props;
  const id = useId();
  const text = useSignal("");
  const chosen = useSignal(
    Math.max(
      0,
      options.findIndex(({ id, selected }) => (begin === undefined ? selected : id === begin)),
    ),
  );
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => (field.current ?? list.current)?.focus(), []);

  const wanted = text.value.trim().toLowerCase();
  const found = options.filter((option) => option.text.toLowerCase().includes(wanted));
  const makes = onMake && make && wanted && !options.some((option) => option.text.toLowerCase() === wanted);
  const count = found.length + (makes ? 1 : 0);
  const at = Math.min(chosen.value, count - 1);

  const take = (index: number) => {
    const option = found[index];
    if (option) onChoose(option.id);
    else if (makes) onMake(text.value.trim());
  };
  const onKeyDown = onKeys((event) => {
    if (event.key === "ArrowDown") chosen.value = (at + 1) % Math.max(1, count);
    else if (event.key === "ArrowUp") chosen.value = (at - 1 + count) % Math.max(1, count);
    else if (event.key === "Enter") take(at);
    else if (event.key !== " " || find) return;
    else take(at);
    event.preventDefault();
  });
  const optionId = (index: number) => `${id}-${index}`;
  const row = (index: number, content: ComponentChildren, selected = false) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys act on the list, which has the focus
    <div
      key={index}
      id={optionId(index)}
      class={index === at ? "option is-active" : "option"}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      onPointerMove={() => {
        chosen.value = index;
      }}
      onClick={() => take(index)}
    >
      {content}
    </div>
  );
  return (
    <>
      {find && (
        <input
          ref={field}
          class="chooser-find"
          type="text"
          role="combobox"
          aria-label={find}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={count > 0 ? optionId(at) : undefined}
          placeholder={find}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            chosen.value = 0;
          }}
          onKeyDown={onKeyDown}
        />
      )}
      <div
        ref={list}
        id={`${id}-list`}
        class="options"
        role="listbox"
        aria-label={label}
        tabIndex={find ? -1 : 0}
        aria-activedescendant={find || count === 0 ? undefined : optionId(at)}
        onKeyDown={find ? undefined : onKeyDown}
      >
        {found.map((option, index) =>
          row(
            index,
            <>
              {option.before}
              <span class="shrink clip">{option.text}</span>
              {option.hint && <span class="small muted nowrap">{option.hint}</span>}
              {option.selected && <Icon d={check} size={16} />}
            </>,
            option.selected,
          ),
        )}
        {makes && row(found.length, <span class="shrink clip">{make(text.value.trim())}</span>)}
      </div>
    </>
  );
}
