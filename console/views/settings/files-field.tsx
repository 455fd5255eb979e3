import type { FileSettings } from "../../resources.ts";
import { useSentences } from "../context.ts";
import { TextField } from "../fields.tsx";

const TYPES = ["image", "pdf", "text", "office", "archive", "audio", "video"] as const;

/** What may be sent beside words, and how large. */
export function FilesField({ value, onChange }: { value: FileSettings; onChange: (value: FileSettings) => void }) {
  const t = useSentences();
  const { types, megabytes } = value;
  return (
    <>
      <fieldset class="file-types">
        <legend class="label">{t.filesTitle}</legend>
        {TYPES.map((type) => (
          <label class="check" key={type}>
            <input
              type="checkbox"
              checked={types.includes(type)}
              onChange={({ currentTarget: { checked } }) =>
                onChange({ megabytes, types: TYPES.filter((one) => (one === type ? checked : types.includes(one))) })
              }
            />
            {t.fileTypes[type]}
          </label>
        ))}
        <p class="hint">{t.filesHint}</p>
      </fieldset>
      <TextField
        label={t.fileMegabytes}
        value={String(megabytes)}
        onText={(text) => onChange({ types, megabytes: Number(text) })}
      />
    </>
  );
}
