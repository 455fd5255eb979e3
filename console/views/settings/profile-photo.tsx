import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Fault } from "../../../protocol/fault.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";

/** One's face, as colleagues and visitors see it. */
export function ProfilePhoto() {
  const { session, settings, toasts } = useApp();
  const t = useSentences();
  const field = useRef<HTMLInputElement>(null);
  const busy = useSignal(false);
  const fault = useSignal<Fault | undefined>(undefined);
  const { name = "", avatar } = session.agent.value ?? {};
  const act = async (change: () => Promise<Fault | undefined>) => {
    busy.value = true;
    fault.value = await change();
    busy.value = false;
    if (!fault.value) toasts.show((t) => t.saved);
  };
  return (
    <section class="photo" aria-label={t.photo}>
      <Avatar name={name} avatar={avatar} size={64} />
      <div class="shrink">
        <p class="inline">
          <input
            ref={field}
            class="sr"
            type="file"
            accept="image/*"
            aria-label={t.photoChoose}
            tabIndex={-1}
            onChange={({ currentTarget }) => {
              const [photo] = currentTarget.files ?? [];
              currentTarget.value = "";
              if (photo) void act(() => settings.changePhoto(photo));
            }}
          />
          <button
            type="button"
            class="btn btn-secondary btn-sm"
            disabled={busy.value}
            onClick={() => field.current?.click()}
          >
            {t.photoChoose}
          </button>
          {avatar && (
            <button
              type="button"
              class="btn btn-quiet btn-sm"
              disabled={busy.value}
              onClick={() => void act(settings.removePhoto)}
            >
              {t.photoRemove}
            </button>
          )}
        </p>
        {fault.value ? (
          <p class="hint hint-wrong" role="alert">
            {whyNot(fault.value, t)}
          </p>
        ) : (
          <p class="hint">{t.photoHint}</p>
        )}
      </div>
    </section>
  );
}

function whyNot(fault: Fault, t: ReturnType<typeof useSentences>): string {
  if (fault.code === "too-large") return t.photoLarge;
  return fault.code === "invalid" ? t.photoWrong : saidOf(fault, t);
}
