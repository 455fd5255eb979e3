import type { Conversation } from "../../../protocol/conversation.ts";
import { Icon } from "../../../ui/icon.tsx";
import { globe, monitor } from "../../../ui/icons.ts";
import { clock, day, sameDay } from "../../../ui/when.ts";
import { useApp, useSentences } from "../context.ts";

const SHOWN = 6;

/** The page they are on, and those they wrote from before. */
export function Trail({ conversation }: { conversation: Conversation }) {
  const { details, locale, clock: time } = useApp();
  const t = useSentences();
  const { page } = conversation;
  const visits = details.visits.value.slice(0, SHOWN);
  const now = new Date(time.now.value).toISOString();
  return (
    <section>
      <h3>{t.onTheSite}</h3>
      {visits.length === 0 && !page && <p class="muted">{t.noPages}</p>}
      <ul class="trail">
        {visits.map((visit, at) => (
          <li key={visit.page.url}>
            <Icon d={at === 0 ? monitor : globe} size={16} />
            <a
              class={at === 0 ? "clip medium" : "clip"}
              {...webAddress(visit.page.url)}
              target="_blank"
              rel="noopener noreferrer"
              title={visit.page.title ? `${visit.page.title}\n${visit.page.url}` : visit.page.url}
            >
              {pathOf(visit.page.url)}
            </a>
            <time dateTime={visit.at}>
              {sameDay(visit.at, now) ? clock(visit.at, locale.value) : day(visit.at, locale.value, time.now.value)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A visitor's word for where they are: it leads to the web or nowhere. */
function webAddress(url: string): { href?: string } {
  return /^https?:\/\//i.test(url) ? { href: url } : {};
}

/** The site is known: the path says which page. */
function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search, hash } = new URL(url);
  return pathname + search + hash;
}
