import { clock } from "../../../ui/when.ts";
import { useApp, useSentences } from "../context.ts";

const SHOWN = 10;

/** What the site's page says they did before they wrote. */
export function TrackedList() {
  const { details, locale } = useApp();
  const t = useSentences();
  const tracked = details.tracked.value.slice(0, SHOWN);
  if (tracked.length === 0) return null;
  return (
    <section>
      <h3>{t.trackedTitle}</h3>
      <ul class="tracked">
        {tracked.map(({ name, meta = {}, at }, index) => (
          <li key={`${at} ${index}`}>
            <span class="clip medium" dir="auto" title={name}>
              {name}
            </span>
            <time dateTime={at}>{clock(at, locale.value)}</time>
            <span class="small muted tracked-properties" dir="auto">
              {Object.entries(meta)
                .map(([key, value]) => `${key}: ${value}`)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
