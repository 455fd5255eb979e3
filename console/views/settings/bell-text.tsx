import { useSignal } from "@preact/signals";
import { directionOf } from "../../../ui/locale.ts";
import { languageName } from "../../models/languages.ts";
import { localesOf } from "../../models/settings-wording.ts";
import type { Labels } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { Choice, Field } from "../fields.tsx";

/** As many characters as the server takes. */
const LENGTH = 30;

/** What stands beside the bell: nothing, or a few words in each of the site's languages. */
export function BellText(props: { labels: Labels; locales: readonly string[]; onChange: (labels: Labels) => void }) {
  const { locale } = useApp();
  const t = useSentences();
  const { labels, onChange } = props;
  const some = useSignal(Object.keys(labels).length > 0);
  const own = localesOf(props.locales).filter((one) => props.locales.includes(one) || labels[one] !== undefined);
  return (
    <div>
      <Choice
        label={t.besideBell}
        visible
        options={[
          { id: "none", text: t.bellOnly },
          { id: "text", text: t.bellText },
        ]}
        value={some.value ? "text" : "none"}
        onChange={(id) => {
          some.value = id === "text";
          if (id === "none") onChange({});
        }}
      />
      {some.value && (
        <div class="bell-texts">
          {own.map((one) => (
            <Field key={one} label={t.bellTextIn(languageName(one, locale.value))}>
              {(field) => (
                <input
                  {...field}
                  class="field"
                  maxLength={LENGTH}
                  lang={one}
                  dir={directionOf(one)}
                  value={labels[one] ?? ""}
                  onInput={({ currentTarget }) => {
                    const { [one]: _, ...others } = labels;
                    onChange(currentTarget.value ? { ...others, [one]: currentTarget.value } : others);
                  }}
                />
              )}
            </Field>
          ))}
          <p class="hint">{t.bellTextHint}</p>
        </div>
      )}
    </div>
  );
}
