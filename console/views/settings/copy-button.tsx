import { useSignal } from "@preact/signals";
import { Icon } from "../../../ui/icon.tsx";
import { check as checkIcon, copy } from "../../../ui/icons.ts";
import { copied } from "../../clipboard.ts";
import { useSentences } from "../context.ts";

const COPIED_MS = 2_000;

/** Says for a moment whether it has copied. */
export function CopyButton({ text }: { text: string }) {
  const t = useSentences();
  const done = useSignal<boolean | undefined>(undefined);
  const take = async () => {
    done.value = await copied(text);
    setTimeout(() => {
      done.value = undefined;
    }, COPIED_MS);
  };
  return (
    <button type="button" class="btn btn-secondary btn-sm" onClick={() => void take()}>
      <Icon d={done.value ? checkIcon : copy} size={14} />
      <span aria-live="polite">{done.value === undefined ? t.copy : done.value ? t.copied : t.notCopied}</span>
    </button>
  );
}
