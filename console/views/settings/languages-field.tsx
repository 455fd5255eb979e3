import type { Signal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { arrowUp, x } from "../../../ui/icons.ts";
import { languageName, languageOf, offeredLanguages } from "../../models/languages.ts";
import { useApp, useSentences } from "../context.ts";
import { Field } from "../fields.tsx";
import { goOnAt } from "../focus.ts";
import { onKeys } from "../keys.ts";
import { IconButton } from "../tip.tsx";

/** Languages and what is being typed beside them. */
export interface LanguagesTyped {
  readonly tags: readonly string[];
  readonly text: string;
  /** What was typed is no language. */
  readonly wrong?: boolean;
}

/** With what stands in the field among them; where that is no language it stays there. */
export function withTyped({ tags, text }: LanguagesTyped, shownIn: string): LanguagesTyped {
  if (text.trim() === "") return { tags, text: "" };
  const tag = languageOf(text, shownIn);
  return tag === undefined ? { tags, text, wrong: true } : { tags: [...new Set([...tags, tag])], text: "" };
}

/** A site's languages by their names, the first one first; one more is looked for by name, or said by its tag. */
export function LanguagesField({ typed }: { typed: Signal<LanguagesTyped> }) {
  const { locale } = useApp();
  const t = useSentences();
  const list = useId();
  const { tags, text, wrong } = typed.value;
  const next = useRef<HTMLInputElement>(null);
  const put = (tags: readonly string[]) => {
    typed.value = { ...typed.value, tags };
    // The button that was pressed may be gone.
    goOnAt(() => next.current);
  };
  const add = () => {
    typed.value = withTyped(typed.value, locale.value);
  };
  return (
    <fieldset>
      <legend class="label">{t.locales}</legend>
      <ul class="cards languages">
        {tags.map((tag, at) => {
          const name = languageName(tag, locale.value);
          return (
            <li class="language-row" key={tag}>
              <span class="shrink clip">{name}</span>
              <span class="small muted mono">{tag}</span>
              {at > 0 && (
                <IconButton
                  icon={arrowUp}
                  size={16}
                  label={t.moveUp(name)}
                  onClick={() => put(tags.with(at - 1, tag).with(at, tags[at - 1] as string))}
                />
              )}
              {tags.length > 1 && (
                <IconButton
                  icon={x}
                  size={16}
                  label={t.removeNamed(name)}
                  onClick={() => put(tags.filter((one) => one !== tag))}
                />
              )}
            </li>
          );
        })}
      </ul>
      <Field label={t.addLanguage} hint={t.localesHint} wrong={wrong ? t.languageUnknown(text.trim()) : undefined}>
        {(field) => (
          <div class="language-new">
            <input
              {...field}
              class="field"
              list={list}
              ref={next}
              autocomplete="off"
              value={text}
              onInput={(event) => {
                typed.value = { tags, text: event.currentTarget.value };
              }}
              onKeyDown={onKeys((event) => {
                if (event.key !== "Enter" || text.trim() === "") return;
                // Enter in a form would save it.
                event.preventDefault();
                add();
              })}
            />
            <button type="button" class="btn btn-secondary" disabled={text.trim() === ""} onClick={add}>
              {t.add}
            </button>
          </div>
        )}
      </Field>
      <datalist id={list}>
        {offeredLanguages(locale.value, tags).map((name) => (
          <option value={name} key={name} />
        ))}
      </datalist>
    </fieldset>
  );
}
