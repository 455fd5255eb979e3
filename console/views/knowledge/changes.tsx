import type { Passage } from "../../models/knowledge-changes.ts";
import { useSentences } from "../context.ts";

/** What differs between two texts, told by marks that readers know as well: taken out, put in. */
export function Changes({ passages, lang, none }: { passages: readonly Passage[]; lang: string; none: string }) {
  const t = useSentences();
  if (passages.length === 0) return <p class="muted changes-none">{none}</p>;
  return (
    <div class="changes" lang={lang}>
      {passages.map((passage, at) =>
        "skipped" in passage ? (
          <p class="small muted changes-skipped" key={at}>
            {t.skipped(passage.skipped)}
          </p>
        ) : (
          <p class="changes-passage" dir="auto" key={at}>
            {passage.stretches.map(({ kind, text }) =>
              kind === "same" ? text : kind === "gone" ? <del>{text}</del> : <ins>{text}</ins>,
            )}
          </p>
        ),
      )}
    </div>
  );
}
