import { useSignal } from "@preact/signals";
import type { Conversation } from "../../../protocol/conversation.ts";
import { nameOf } from "../../names.ts";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";
import { Wrong } from "../wrong.tsx";

const MAY: readonly (string | undefined)[] = ["owner", "admin"];

/** The right to be forgotten: for owners and admins, and never by one press. */
export function Erase({ conversation }: { conversation: Conversation }) {
  const { details, session } = useApp();
  const t = useSentences();
  const asking = useSignal(false);
  const { state, fault } = details.erasing.value;
  if (!conversation.visitor || !MAY.includes(session.agent.value?.role)) return null;
  return (
    <section>
      <button
        type="button"
        class="btn btn-quiet btn-danger btn-sm btn-flush"
        aria-expanded={asking.value}
        onClick={() => {
          asking.value = !asking.value;
        }}
      >
        {t.eraseVisitor}
      </button>
      {asking.value && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
        <div role="group" class="erase" aria-label={t.eraseVisitor}>
          <p class="medium" dir="auto">
            {t.eraseSure(nameOf(conversation, t))}
          </p>
          <ul class="small">
            {t.eraseGoes.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p class="small muted">{t.eraseStays}</p>
          <Wrong say={fault && saidOf(fault, t)} />
          <p class="inline side-actions">
            <button
              type="button"
              class="btn btn-secondary btn-danger btn-sm"
              disabled={state === "busy"}
              onClick={async () => {
                if (await details.erase()) asking.value = false;
              }}
            >
              {t.eraseNow}
            </button>
            <button
              type="button"
              class="btn btn-quiet btn-sm"
              onClick={() => {
                asking.value = false;
              }}
            >
              {t.cancel}
            </button>
          </p>
        </div>
      )}
    </section>
  );
}
