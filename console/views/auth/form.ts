import { useSignal } from "@preact/signals";
import type { Fault } from "../../../protocol/fault.ts";
import type { Sentences } from "../../sentences/sentences.ts";
import { useSentences } from "../context.ts";

/** One form's fate: being sent, refused, or nothing yet. */
export function useForm(send: () => Promise<Fault | undefined>, explain: (fault: Fault, t: Sentences) => string) {
  const t = useSentences();
  const busy = useSignal(false);
  const fault = useSignal<Fault | undefined>(undefined);
  return {
    busy: busy.value,
    fault: fault.value,
    wrong: fault.value && wrongIn(fault.value, explain, t),
    async submit(event: Event) {
      event.preventDefault();
      if (busy.value) return;
      busy.value = true;
      fault.value = await send();
      busy.value = false;
    },
  };
}

/** What to say of a fault: `explain` has the word on those that are not everybody's. */
export function wrongIn(fault: Fault, explain: (fault: Fault, t: Sentences) => string, t: Sentences): string {
  if (fault.code === "limited") return t.limited(Math.ceil((fault.afterMs ?? 1000) / 1000));
  if (fault.code === "unavailable") return t.unreachable;
  return explain(fault, t);
}
