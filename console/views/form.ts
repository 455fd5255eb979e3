import { useSignal } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import { saidOf } from "../sentences/faults.ts";
import type { Sentences } from "../sentences/sentences.ts";
import { useSentences } from "./context.ts";

/** Has the word on faults that are not everybody's. */
type Explain = (fault: Fault, t: Sentences) => string;

/** One form's fate: being sent, refused, or nothing yet. */
export function useForm(send: () => Promise<Fault | undefined>, explain?: Explain) {
  const t = useSentences();
  const busy = useSignal(false);
  const fault = useSignal<Fault | undefined>(undefined);
  return {
    busy: busy.value,
    fault: fault.value,
    wrong: fault.value && wrongIn(fault.value, t, explain),
    async submit(event: Event) {
      event.preventDefault();
      if (busy.value) return;
      busy.value = true;
      fault.value = await send();
      busy.value = false;
    },
  };
}

/** What to say of a fault in what somebody sent. */
export function wrongIn(fault: Fault, t: Sentences, explain?: Explain): string {
  if (fault.code === "unavailable") return t.unreachable;
  return saidOf(fault, t, explain && (() => explain(fault, t)));
}
