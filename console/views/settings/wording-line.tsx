import { rotateCcw } from "../../../ui/icons.ts";
import { directionOf, type Locale } from "../../../ui/locale.ts";
import { blanksOf, longest, type WordingFault } from "../../../ui/wording.ts";
import type { Line } from "../../models/settings-wording.ts";
import { useSentences } from "../context.ts";
import { Field } from "../fields.tsx";
import { IconButton } from "../tip.tsx";

/** One sentence: ours above and, in its language, where the owner's may be written. */
export function WordingLine(props: {
  line: Line;
  locale: Locale;
  text: string;
  fault: WordingFault | undefined;
  onText: (key: string, text: string) => void;
}) {
  const t = useSentences();
  const { line, locale, text, fault, onText } = props;
  const { key, ours, known, numbers } = line;
  const blanks = [...blanksOf(ours)].join(" ");
  const wrong = fault && t.wordingFault(fault, blanks, longest(key));
  return (
    <Field
      label={numbers ? `${known} · ${t.wordingFor(numbers)}` : known}
      {...(blanks && text && { hint: t.wordingKeep(blanks) })}
      wrong={wrong}
    >
      {(field) => (
        <div class="wording-line">
          <input
            {...field}
            class="field"
            lang={locale}
            dir={directionOf(locale)}
            placeholder={ours}
            value={text}
            onInput={(event) => onText(key, event.currentTarget.value)}
          />
          {text && (
            <IconButton icon={rotateCcw} size={16} label={t.wordingReset(ours)} onClick={() => onText(key, "")} />
          )}
        </div>
      )}
    </Field>
  );
}
