import { useSignal } from "@preact/signals";
import { useSentences } from "../context.ts";
import { takeFocus } from "../focus.ts";

/** Deletes what is open, and asks once more before. Whichever buttons come take the keyboard from those that go. */
export function Delete({ act, sure, onDelete }: { act: string; sure: string; onDelete: () => void }) {
  const t = useSentences();
  const asking = useSignal<boolean | undefined>(undefined);
  if (!asking.value)
    return (
      <button
        type="button"
        class="btn btn-quiet btn-danger btn-sm btn-flush"
        ref={asking.value === undefined ? null : takeFocus}
        onClick={() => {
          asking.value = true;
        }}
      >
        {act}
      </button>
    );
  return (
    <>
      <p>{sure}</p>
      <p class="inline side-actions">
        <button type="button" class="btn btn-secondary btn-danger btn-sm" onClick={onDelete}>
          {act}
        </button>
        <button
          type="button"
          class="btn btn-quiet btn-sm"
          ref={takeFocus}
          onClick={() => {
            asking.value = false;
          }}
        >
          {t.cancel}
        </button>
      </p>
    </>
  );
}
