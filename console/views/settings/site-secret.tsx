import { useSignal } from "@preact/signals";
import type { Fault } from "../../../protocol/fault.ts";
import { clock, dayInSentence } from "../../../ui/when.ts";
import type { Site } from "../../resources.ts";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";
import { CopyButton } from "./copy-button.tsx";

/** The secret that signs who visitors are, and its change. */
export function SiteSecret({ secret, formerSecretUntil }: Pick<Site, "formerSecretUntil"> & { secret: string }) {
  const { security, locale, clock: time, toasts } = useApp();
  const t = useSentences();
  const shown = useSignal(false);
  const asking = useSignal(false);
  const act = async (work: Promise<Fault | undefined>) => {
    const fault = await work;
    asking.value = false;
    toasts.show((t) => (fault ? saidOf(fault, t, t.refused) : t.saved));
  };
  return (
    <>
      <h2>{t.siteSecret}</h2>
      <p class="secret">
        <code class="clip">{shown.value ? secret : "•".repeat(24)}</code>
        <button type="button" class="btn btn-quiet btn-sm" onClick={() => (shown.value = !shown.value)}>
          {shown.value ? t.hide : t.show}
        </button>
        <CopyButton text={secret} />
      </p>
      <p class="hint">{t.siteSecretHint}</p>
      {formerSecretUntil !== undefined && (
        <p class="card-ask secret-ask">
          {t.formerUntil(
            t.dayAndTime(
              dayInSentence(formerSecretUntil, locale.value, time.now.value),
              clock(formerSecretUntil, locale.value),
            ),
          )}
          <button type="button" class="btn btn-secondary btn-danger btn-sm" onClick={() => void act(security.retire())}>
            {t.retire}
          </button>
        </p>
      )}
      {asking.value ? (
        <p class="card-ask secret-ask">
          {t.rotateSure}
          <button type="button" class="btn btn-primary btn-sm" onClick={() => void act(security.rotate(true))}>
            {t.rotateKeep}
          </button>
          <button
            type="button"
            class="btn btn-secondary btn-danger btn-sm"
            onClick={() => void act(security.rotate(false))}
          >
            {t.rotateNow}
          </button>
          <button type="button" class="btn btn-quiet btn-sm" onClick={() => (asking.value = false)}>
            {t.cancel}
          </button>
        </p>
      ) : (
        <p class="settings-more">
          <button type="button" class="btn btn-secondary btn-sm" onClick={() => (asking.value = true)}>
            {t.rotate}
          </button>
        </p>
      )}
    </>
  );
}
