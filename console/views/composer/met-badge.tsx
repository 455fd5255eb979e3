import { clock } from "../../../ui/when.ts";
import { useApp, useSentences } from "../context.ts";

/** Whether the visitor of the open conversation has met an article already. */
export function MetBadge({ article }: { article: string }) {
  const { said, locale } = useApp();
  const t = useSentences();
  const met = said.articles.value.get(article);
  if (!met) return null;
  return (
    <span class="badge badge-warn">
      {met.how === "sent" ? t.sentAt(clock(met.at, locale.value)) : met.how === "read" ? t.readAlready : t.shownAlready}
    </span>
  );
}
