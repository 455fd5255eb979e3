import { Icon } from "../../../ui/icon.tsx";
import { fileText, search } from "../../../ui/icons.ts";
import { clock } from "../../../ui/when.ts";
import { useApp, useSentences } from "../context.ts";
import { Link } from "../link.tsx";

const SHOWN = 3;

/** What they searched for before they wrote, what was suggested then, and what they read of it or besides. */
export function Asked() {
  const { details, locale } = useApp();
  const t = useSentences();
  const asked = details.asked.value.slice(0, SHOWN);
  if (asked.length === 0) return null;
  return (
    <section>
      <h3>{t.beforeWriting}</h3>
      <ul class="trail">
        {asked.map(({ q, shown, read = [], at }) => [
          q && (
            <li key={at}>
              <Icon d={search} size={16} />
              <span class="clip" title={q}>
                “{q}”
              </span>
              <time dateTime={at}>{clock(at, locale.value)}</time>
            </li>
          ),
          [...new Set([...shown, ...read])].map((id) => (
            <li key={at + id}>
              <Icon d={fileText} size={16} />
              <Link class="clip" to={{ page: "knowledge", article: id }}>
                {details.titles.value[id] ?? "…"}
              </Link>
              {read.includes(id) && <span class="small muted">{t.wasRead}</span>}
            </li>
          )),
        ])}
      </ul>
    </section>
  );
}
