import type { Figures } from "../../models/knowledge-figures.ts";
import { useSentences } from "../context.ts";
import { percent, ShareBar } from "./share-bar.tsx";

/** The share of readers who said that it answered, and how sure that is. Too few say nothing, and that is said. */
export function Answered({ figures }: { figures: Figures | undefined }) {
  const t = useSentences();
  if (!figures || figures.verdicts === 0) return null;
  const { answered, verdicts } = figures;
  if (!answered) return <span class="small muted nowrap">{t.tooFew(verdicts)}</span>;
  const { share, low, high } = answered;
  return (
    <span class="answered" title={t.answeredBetween(percent(low), percent(high))}>
      <ShareBar of={answered} />
      <span class="medium">{percent(share)}</span>
      <span class="small muted">{t.ofSo(verdicts)}</span>
    </span>
  );
}
