import { useSignal } from "@preact/signals";
import { relative } from "../../../ui/when.ts";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";
import { Wrong } from "../wrong.tsx";

const SHOWN = 5;

/** What the article said before, to be looked at beside the text. */
export function RevisionList() {
  const { revisions, locale, clock } = useApp();
  const t = useSentences();
  const all = useSignal(false);
  const items = revisions.items.value;
  if (items.length === 0) return null;
  const shown = all.value ? items : items.slice(0, SHOWN);
  return (
    <section aria-label={t.revisions}>
      <p class="label">
        {t.revisions} <span class="count">{items.length}</span>
      </p>
      <Wrong say={revisions.fault.value && saidOf(revisions.fault.value, t)} />
      <ol class="revisions">
        {shown.map((revision, at) => (
          <li key={revision.id}>
            <button
              type="button"
              class="finder-pick"
              aria-pressed={revisions.shown.value?.id === revision.id}
              onClick={() => void revisions.look(revision.id)}
            >
              <time dateTime={revision.at}>{relative(revision.at, locale.value, clock.now.value)}</time>
              <span class="small muted clip">{at === 0 ? t.current : (revision.by?.name ?? "")}</span>
            </button>
          </li>
        ))}
      </ol>
      {items.length > shown.length && (
        <button
          type="button"
          class="btn btn-quiet btn-sm"
          onClick={() => {
            all.value = true;
          }}
        >
          {t.more}
        </button>
      )}
    </section>
  );
}
