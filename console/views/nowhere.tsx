import type { ComponentChildren } from "preact";
import type { Fault } from "../../protocol/fault.ts";
import { chevronLeft } from "../../ui/icons.ts";
import { saidOf } from "../sentences/faults.ts";
import { useSentences } from "./context.ts";
import { IconButton } from "./tip.tsx";

/** In place of a page that is not here, or not yet: what it would be, why it is not, and the way back. */
export function Nowhere(props: { title: string; back: string; onBack: () => void; children: ComponentChildren }) {
  const { title, back, onBack } = props;
  return (
    <main class="page-main page-alone">
      <header class="bar bar-back">
        <IconButton icon={chevronLeft} label={back} onClick={onBack} />
        <h1 class="bar-title">{title}</h1>
      </header>
      <div class="page-none">{props.children}</div>
    </main>
  );
}

/** Above what there is, or in its place: why it did not come, and once more. Nothing where nothing went wrong. */
export function FailedLine(props: { fault: Fault | undefined; again: () => unknown; class?: string }) {
  const t = useSentences();
  const { fault, again } = props;
  if (!fault) return null;
  return (
    <div class={`form-wrong inline ${props.class ?? ""}`} role="alert">
      <p class="shrink">{saidOf(fault, t)}</p>
      <button type="button" class="btn btn-secondary btn-sm" onClick={() => void again()}>
        {t.tryAgain}
      </button>
    </div>
  );
}

/** Something could not be fetched: why, and once more. */
export function Failed({ why, again }: { why: Fault; again: () => void }) {
  const t = useSentences();
  return (
    <>
      <p role="alert">{saidOf(why, t)}</p>
      <button type="button" class="btn btn-secondary btn-sm" onClick={again}>
        {t.tryAgain}
      </button>
    </>
  );
}
