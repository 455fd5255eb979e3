import type { Conversation } from "../../../protocol/conversation.ts";
import { Icon } from "../../../ui/icon.tsx";
import { triangleAlert } from "../../../ui/icons.ts";
import { clock } from "../../../ui/when.ts";
import { authorOf, shortNameOf } from "../../names.ts";
import { useApp, useSentences } from "../context.ts";

/** Why the send was stopped: somebody wrote meanwhile, a file is not there, or a blank is open. What they wrote stands right here. */
export function HeldBack({ conversation }: { conversation: Conversation }) {
  const { composer, session, locale } = useApp();
  const t = useSentences();
  const held = composer.held.value;
  if (!held) return null;
  if (held.why === "files") {
    const refused = composer.awaited.value.filter(({ fault }) => fault).map(({ file }) => file.name);
    return (
      <div class="writer-alert" role="alert">
        <Icon d={triangleAlert} size={18} />
        <span>
          <b class="strong">{refused.length > 0 ? t.filesRefused(refused) : t.filesComing}</b>{" "}
          {refused.length > 0 ? t.filesRefusedRest : t.filesComingRest}
        </span>
      </div>
    );
  }
  if (held.why === "blanks")
    return (
      <div class="writer-alert" role="alert">
        <Icon d={triangleAlert} size={18} />
        <span>
          <b class="strong">{t.blanksOpen(held.blanks.join(", "))}</b> {t.blanksRest}
        </span>
      </div>
    );
  if (held.why === "again") {
    const { title, met } = held;
    const name = shortNameOf(conversation, t);
    return (
      <div class="writer-alert" role="alert">
        <Icon d={triangleAlert} size={18} />
        <span>
          <b class="strong">
            {met.how === "sent"
              ? t.sentBefore(title, clock(met.at, locale.value))
              : (met.how === "read" ? t.readBefore : t.shownBefore)(name, title)}
          </b>{" "}
          {t.sendAgainRest}
        </span>
      </div>
    );
  }
  const last = held.events.findLast((event) => event.type === "posted");
  const name = last ? authorOf(last.by, session.agent.value?.id, conversation, t) : t.somebody;
  return (
    <div class="writer-alert" role="alert">
      <Icon d={triangleAlert} size={18} />
      <div class="shrink">
        <p>
          <b class="strong">{t.wroteAgain(name)}</b> {t.wroteAgainRest}
        </p>
        {last?.type === "posted" && (last.text || last.article) && (
          <p class="writer-unseen" dir="auto">
            {last.text || last.article?.title}
          </p>
        )}
      </div>
      <button
        type="button"
        class="btn btn-secondary btn-sm"
        onClick={() => {
          composer.looked();
          composer.atEnd.value = true;
          document.querySelector(".scroller")?.scrollTo?.({ top: Number.MAX_SAFE_INTEGER });
        }}
      >
        {t.showMessage}
      </button>
    </div>
  );
}
