import type { Conversation } from "../../../protocol/conversation.ts";
import { Icon } from "../../../ui/icon.tsx";
import {
  alarmClock,
  check,
  circleQuestionMark,
  gitPullRequestArrow,
  rotateCcw,
  tag,
  userPlus,
} from "../../../ui/icons.ts";
import { givenName } from "../../../ui/initials.ts";
import { clock, dayInSentence, sameDay } from "../../../ui/when.ts";
import type { FactEvent } from "../../models/items.ts";
import { authorOf, shortNameOf } from "../../names.ts";
import type { Sentences } from "../../sentences/sentences.ts";
import { useApp, useSentences } from "../context.ts";

const ICONS: Record<FactEvent["type"], string> = {
  joined: userPlus,
  assigned: userPlus,
  tagged: tag,
  snoozed: alarmClock,
  woken: alarmClock,
  resolved: check,
  reopened: rotateCcw,
  asked: circleQuestionMark,
  escalated: gitPullRequestArrow,
  "followed-up": gitPullRequestArrow,
};

/** Something that happened, in one quiet line. */
export function Fact({ event, conversation }: { event: FactEvent; conversation: Conversation }) {
  const { session, locale } = useApp();
  const t = useSentences();
  const text = sentenceOf(event, conversation, session.agent.value?.id, t, locale.value);
  return (
    <li class="event">
      <Icon d={ICONS[event.type]} size={14} />
      <span>
        {text} · {clock(event.at, locale.value)}
      </span>
    </li>
  );
}

function sentenceOf(
  event: FactEvent,
  conversation: Conversation,
  me: string | undefined,
  t: Sentences,
  locale: string,
): string {
  const who = authorOf(event.by, me, conversation, t);
  const system = event.by.kind === "system";
  switch (event.type) {
    case "joined":
      return t.joined(givenName(event.agent.name));
    case "assigned": {
      const whom = event.agent && (event.agent.id === me ? t.you : givenName(event.agent.name));
      return system ? t.assignedBySystem(whom ?? undefined) : t.assigned(who, whom ?? undefined);
    }
    case "tagged":
      return t.tagged(who, (event.add ?? []).join(", "), (event.remove ?? []).join(", "));
    case "snoozed":
      return t.snoozed(who, moment(event.until, event.at, t, locale));
    case "woken":
      return t.woken;
    case "resolved":
      return system ? t.resolvedBySystem : t.resolved(who);
    case "reopened":
      return system ? t.reopenedBySystem : t.reopened(who);
    case "asked":
      return t.askedSolved(shortNameOf(conversation, t));
    case "escalated":
    case "followed-up":
      return t.followUp(event.kind, event.status);
    default:
      return event satisfies never;
  }
}

function moment(at: string, told: string, t: Sentences, locale: string): string {
  if (sameDay(at, told)) return clock(at, locale);
  return t.dayAndTime(dayInSentence(at, locale, Date.parse(told)), clock(at, locale));
}
