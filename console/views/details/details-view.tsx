import { Avatar } from "../../../ui/avatar.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { badgeCheck, x } from "../../../ui/icons.ts";
import { clock, day } from "../../../ui/when.ts";
import { languageName } from "../../models/languages.ts";
import { nameOf } from "../../names.ts";
import { useApp, useSentences } from "../context.ts";
import { Tier } from "../tier.tsx";
import { IconButton } from "../tip.tsx";
import { Asked } from "./asked.tsx";
import { Erase } from "./erase.tsx";
import { Past } from "./past.tsx";
import { Tags } from "./tags.tsx";
import { TrackedList } from "./tracked.tsx";
import { Trail } from "./trail.tsx";

/** Who is asking, and from where. Beside the thread where there is room, else a drawer. */
export function DetailsView({ open }: { open: boolean }) {
  const { threads, locale, clock: time, overlays } = useApp();
  const t = useSentences();
  const conversation = threads.current.value?.conversation.value;
  if (!conversation) return <aside class="details" aria-label={t.details} />;
  const { visitor, tier, openedAt } = conversation;
  const lang = locale.value;
  return (
    <aside class={open ? "details is-open" : "details"} aria-label={t.details}>
      <section>
        <div class="who">
          <Avatar name={nameOf(conversation, t)} size={40} />
          <div class="shrink">
            <h2 class="who-name">
              <span class="clip" dir="auto">
                {nameOf(conversation, t)}
              </span>
              {visitor?.verified && (
                <span class="verified">
                  <Icon d={badgeCheck} size={18} />
                </span>
              )}
            </h2>
            <p class="small muted">{visitor?.verified ? t.verified : t.unverified}</p>
          </div>
          <IconButton class="only-drawer" icon={x} label={t.close} onClick={overlays.close} />
        </div>
        <dl class="facts">
          {visitor?.email && (
            <>
              <dt>{t.email}</dt>
              <dd class="clip">
                <a class="link" href={`mailto:${visitor.email}`}>
                  {visitor.email}
                </a>
              </dd>
            </>
          )}
          {tier && (
            <>
              <dt>{t.tier}</dt>
              <dd>
                <Tier tier={tier} />
              </dd>
            </>
          )}
          {conversation.locale && (
            <>
              <dt>{t.language}</dt>
              <dd>{languageName(conversation.locale, lang)}</dd>
            </>
          )}
          <dt>{t.firstSeen}</dt>
          <dd class="num">{t.dayAndTime(day(openedAt, lang, time.now.value), clock(openedAt, lang))}</dd>
        </dl>
      </section>
      <Trail conversation={conversation} />
      <TrackedList />
      <Asked />
      <Past />
      <Tags conversation={conversation} />
      <Erase key={visitor?.id} conversation={conversation} />
    </aside>
  );
}
