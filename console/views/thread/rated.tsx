import type { EventOf } from "../../../protocol/event.ts";
import { Icon } from "../../../ui/icon.tsx";
import { circleCheck, circleX } from "../../../ui/icons.ts";
import { clock } from "../../../ui/when.ts";
import { useApp, useSentences } from "../context.ts";

/** What the visitor answered: solved or not comes first, the stars after. */
export function Rated({ event }: { event: EventOf<"rated"> }) {
  const { locale } = useApp();
  const t = useSentences();
  const { solved, rating, reasons = [], comment, at } = event;
  return (
    <li class={solved ? "rated is-solved" : "rated is-unsolved"}>
      <Icon d={solved ? circleCheck : circleX} size={18} />
      <div class="shrink">
        <p class="small muted">
          {t.satisfaction} · {clock(at, locale.value)}
        </p>
        <p class="medium">
          {solved ? t.solved : t.notSolved}
          {rating !== undefined && (
            <>
              {" · "}
              <span class="rating" data-rating={rating}>
                {rating}
              </span>{" "}
              {t.ratings[rating - 1]}
            </>
          )}
        </p>
        {reasons.length > 0 && (
          <p class="tags">
            {reasons.map((reason) => (
              <span class="badge" key={reason}>
                {t.reasons[reason]}
              </span>
            ))}
          </p>
        )}
        {comment && (
          <p class="said" dir="auto">
            “{comment}”
          </p>
        )}
      </div>
    </li>
  );
}
