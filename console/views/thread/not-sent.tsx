import type { Fault } from "../../../protocol/fault.ts";
import { whyOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";

/** Below a message or note that was refused: why, once more, or away with it. */
export function NotSent({ of, why }: { of: string; why: Fault | undefined }) {
  const { outbox } = useApp();
  const t = useSentences();
  return (
    <p class="meta meta-failed">
      <span>
        {t.notSent} {why && whyOf(why, t)}
      </span>
      <button type="button" class="link" onClick={() => outbox.again(of)}>
        {t.tryAgain}
      </button>
      <button type="button" class="link" onClick={() => outbox.drop(of)}>
        {t.remove}
      </button>
    </p>
  );
}
