import type { Share } from "../../models/knowledge-self-service.ts";
import { useApp, useSentences } from "../context.ts";
import { percent } from "./share-bar.tsx";

/** What articles solve without a person: only a reader's word counts as solved. */
export function SelfServiceView() {
  const { selfService } = useApp();
  const t = useSentences();
  const figures = selfService.figures.value;
  if (!figures) return null;
  const { n, open, solved, left, unsolved, asked } = figures;
  return (
    <section class="self-service" aria-label={t.selfService}>
      <h2 class="label">{t.selfService}</h2>
      {solved && left && unsolved && asked ? (
        <>
          <dl class="self-service-rows">
            <Outcome name={t.outcomes.solved} {...solved} />
            <Outcome name={t.outcomes.unsolved} {...unsolved} />
            <Outcome name={t.outcomes.asked} {...asked} />
            <Outcome name={t.outcomes.left} {...left} apart />
          </dl>
          <p class="small muted">{t.selfServiceOf(n)}</p>
        </>
      ) : (
        <p class="small muted">{n === 0 && open > 0 ? t.selfServiceNone(open) : t.selfServiceFew(n)}</p>
      )}
      {n > 0 && open > 0 && <p class="small muted">{t.selfServiceOpen(open)}</p>}
    </section>
  );
}

function Outcome({ name, count, share, low, high, apart }: Share & { name: string; apart?: boolean }) {
  const t = useSentences();
  return (
    <div class={apart ? "muted is-apart" : undefined}>
      <dt>{name}</dt>
      <dd class="num" title={t.shareBetween(count, percent(low), percent(high))}>
        <span class="small muted">
          {percent(low)}–{percent(high)}
        </span>
        <b>{percent(share)}</b>
      </dd>
    </div>
  );
}
