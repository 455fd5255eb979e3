import type { Conversation } from "../../../protocol/conversation.ts";
import { Icon } from "../../../ui/icon.tsx";
import { circleCheck, circleMinus, circleX } from "../../../ui/icons.ts";
import { nameOf } from "../../names.ts";
import type { Sentences } from "../../sentences/sentences.ts";
import { useApp, useSentences } from "../context.ts";
import { Link } from "../link.tsx";

/** Their earlier conversations: what each one said, never an average. */
export function Past() {
  const { details, inbox, locale } = useApp();
  const t = useSentences();
  const past = details.past.value;
  return (
    <section>
      <h3>
        {t.pastConversations}
        {past.length > 0 && <span class="num">{past.length}</span>}
      </h3>
      {past.length === 0 && <p class="muted">{t.noPast}</p>}
      <ul class="past">
        {past.map((row) => {
          const { tone, icon, text } = outcomeOf(row, t);
          return (
            <li class={tone} key={row.id}>
              <Icon d={icon} size={16} />
              <Link class="shrink" to={{ page: "inbox", view: inbox.view.value, conversation: row.id }}>
                <span class="clip">{row.subject || nameOf(row, t)}</span>
                <span class="small muted">{text}</span>
              </Link>
              <time dateTime={row.openedAt}>
                {new Date(row.openedAt).toLocaleDateString(locale.value, { day: "numeric", month: "short" })}
              </time>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function outcomeOf({ status, survey }: Conversation, t: Sentences) {
  const answer = survey?.answer;
  if (answer) {
    const stars = answer.rating === undefined ? undefined : t.ratings[answer.rating - 1];
    const said = answer.solved ? t.pastSolved : t.pastNotSolved;
    return {
      tone: answer.solved ? "is-solved" : "is-unsolved",
      icon: answer.solved ? circleCheck : circleX,
      text: stars ? `${said} · ${stars}` : said,
    };
  }
  return { tone: undefined, icon: circleMinus, text: status === "resolved" ? t.pastNoAnswer : t.pastOpen };
}
