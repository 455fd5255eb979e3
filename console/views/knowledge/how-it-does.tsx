import { useApp, useSentences } from "../context.ts";
import { Heat } from "../heat.tsx";
import { percent, ShareBar } from "./share-bar.tsx";

/** What readers make of the article in the editor: how much it is needed, and whether it answered. */
export function HowItDoes() {
  const { editor, figures, selfService } = useApp();
  const t = useSentences();
  const saved = editor.saved.value;
  if (saved?.state !== "published") return null;
  const { heat = 0, verdicts = 0, answered, uses } = figures.of.value.get(saved.id) ?? {};
  const { n = 0, asked } = selfService.ofArticles.value.get(saved.id) ?? {};
  return (
    <section aria-label={t.howItDoes}>
      <p class="inline how-head">
        <span class="label">{t.howItDoes}</span>
        <Heat share={heat} title={t.heatLine} />
      </p>
      {answered ? (
        <>
          <ShareBar of={answered} class="how-bar" />
          <p class="small muted">
            {t.answeredLine(percent(answered.share), verdicts, percent(answered.low), percent(answered.high))}
          </p>
        </>
      ) : (
        <p class="small muted">{t.tooFewLine(verdicts)}</p>
      )}
      {uses && (
        <dl class="self-service-rows" aria-label={t.usesTitle}>
          <Uses name={t.uses.searches} n={uses.searches} />
          <Uses name={t.uses.reads} n={uses.reads} />
          <Uses name={t.uses.links} n={uses.links} />
        </dl>
      )}
      {asked && <p class="small muted">{t.askedAfter(asked.count, n, percent(asked.low), percent(asked.high))}</p>}
    </section>
  );
}

function Uses({ name, n }: { name: string; n: number }) {
  return (
    <div class="small">
      <dt class="muted">{name}</dt>
      <dd class="num">{n}</dd>
    </div>
  );
}
