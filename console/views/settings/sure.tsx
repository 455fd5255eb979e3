import type { Signal } from "@preact/signals";
import type { Fault } from "../../../protocol/fault.ts";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";

/** Asks once more before something is gone. */
export function Sure(props: {
  asking: Signal<boolean>;
  say: string;
  act: string;
  onAct: () => Promise<Fault | undefined>;
}) {
  const { toasts } = useApp();
  const t = useSentences();
  const { asking, say, act, onAct } = props;
  if (!asking.value) return null;
  const go = async () => {
    const fault = await onAct();
    if (fault) toasts.show((t) => saidOf(fault, t, t.refused));
    else asking.value = false;
  };
  return (
    <p class="card-ask">
      {say}
      <button type="button" class="btn btn-secondary btn-danger btn-sm" onClick={() => void go()}>
        {act}
      </button>
      <button type="button" class="btn btn-quiet btn-sm" onClick={() => (asking.value = false)}>
        {t.cancel}
      </button>
    </p>
  );
}
