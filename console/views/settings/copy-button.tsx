import { useSignal } from "@preact/signals";
import { Icon } from "../../../ui/icon.tsx";
import { check as checkIcon, copy } from "../../../ui/icons.ts";
import { useSentences } from "../context.ts";

const COPIED_MS = 2_000;

/** Says that it has copied, for a moment. */
export function CopyButton({ text }: { text: string }) {
  const t = useSentences();
  const done = useSignal(false);
  const take = async () => {
    await navigator.clipboard?.writeText(text).catch(() => {});
    done.value = true;
    setTimeout(() => {
      done.value = false;
    }, COPIED_MS);
  };
  return (
    <button type="button" class="btn btn-secondary btn-sm" onClick={() => void take()}>
      <Icon d={done.value ? checkIcon : copy} size={14} />
      <span aria-live="polite">{done.value ? t.copied : t.copy}</span>
    </button>
  );
}
