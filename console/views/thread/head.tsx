import type { Conversation } from "../../../protocol/conversation.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { alarmClock, check, chevronLeft, info, rotateCcw, tag, userPlus } from "../../../ui/icons.ts";
import { givenName } from "../../../ui/initials.ts";
import { clock, dayInSentence, sameDay } from "../../../ui/when.ts";
import { nameOf } from "../../names.ts";
import { useApp, useSentences } from "../context.ts";
import { AssignMenu } from "../overlays/assign-menu.tsx";
import { SnoozeMenu } from "../overlays/snooze-menu.tsx";
import { TagMenu } from "../overlays/tag-menu.tsx";
import { IconButton, Tip } from "../tip.tsx";

/** What the conversation is about, whose it is, and what can be done with it. */
export function Head({ conversation }: { conversation: Conversation }) {
  const { router, inbox, overlays, actions, clock: time, locale, session } = useApp();
  const t = useSentences();
  const { status, assignee, openedAt, snoozedUntil } = conversation;
  const now = time.now.value;
  const at = (moment: string) =>
    sameDay(moment, new Date(now).toISOString())
      ? clock(moment, locale.value)
      : t.dayAndTime(dayInSentence(moment, locale.value, now), clock(moment, locale.value));
  const whose = !assignee
    ? t.withNobody
    : assignee.id === session.agent.value?.id
      ? t.withYou
      : t.withSomebody(givenName(assignee.name));
  const open = overlays.open.value;
  return (
    <header class="bar">
      <IconButton
        class="only-narrow"
        icon={chevronLeft}
        label={t.back}
        onClick={() => router.go({ page: "inbox", view: inbox.view.peek() })}
      />
      <div class="shrink">
        <h1 class="bar-title">
          <span class="clip" dir="auto">
            {conversation.subject || nameOf(conversation, t)}
          </span>
          {status !== "open" && (
            <span class={status === "resolved" ? "badge badge-ok" : "badge badge-note"}>
              {status === "snoozed" && snoozedUntil ? t.until(at(snoozedUntil)) : t.statusNames[status]}
            </span>
          )}
        </h1>
        <p class="small muted clip">
          {t.opened(at(openedAt))} · {whose}
        </p>
      </div>
      <Viewers conversation={conversation} />
      <div class="bar-end">
        <div class="anchor">
          <IconButton
            icon={userPlus}
            label={t.assign}
            keys={["A"]}
            expanded={open === "assign"}
            onClick={() => overlays.toggle("assign")}
          />
          {open === "assign" && <AssignMenu conversation={conversation} />}
        </div>
        <div class="anchor">
          <IconButton
            icon={tag}
            label={t.tag}
            keys={["T"]}
            expanded={open === "tag"}
            onClick={() => overlays.toggle("tag")}
          />
          {open === "tag" && <TagMenu conversation={conversation} />}
        </div>
        {status !== "resolved" && (
          <div class="anchor">
            <IconButton
              icon={alarmClock}
              label={t.snooze}
              keys={["Z"]}
              expanded={open === "snooze"}
              onClick={() => overlays.toggle("snooze")}
            />
            {open === "snooze" && <SnoozeMenu />}
          </div>
        )}
        <IconButton
          class="only-drawer"
          icon={info}
          label={t.details}
          expanded={open === "details"}
          onClick={() => overlays.toggle("details")}
        />
        {status === "open" ? (
          <button type="button" class="btn btn-secondary has-tip" onClick={() => void actions.resolve()}>
            <Icon d={check} size={16} />
            <span>{t.resolve}</span>
            <Tip keys={["E"]}>{t.resolve}</Tip>
          </button>
        ) : (
          <button type="button" class="btn btn-secondary" onClick={() => void actions.reopen()}>
            <Icon d={rotateCcw} size={16} />
            <span>{t.reopen}</span>
          </button>
        )}
      </div>
    </header>
  );
}

/** Colleagues who look at it too, or write in it. */
function Viewers({ conversation }: { conversation: Conversation }) {
  const { presence, session } = useApp();
  const t = useSentences();
  const me = session.agent.value?.id;
  const others = (presence.viewing.value[conversation.id] ?? []).filter(({ id }) => id !== me);
  const writers = new Set(presence.typing.value[conversation.id]?.map(({ id }) => id));
  if (others.length === 0) return null;
  const said = others.map(({ id, name }) => (writers.has(id) ? t.isReplying : t.isViewing)(givenName(name))).join(", ");
  return (
    <span class="faces has-tip" role="img" aria-label={said}>
      {others.slice(0, 3).map(({ id, name, avatar }) => (
        <Avatar key={id} name={name} avatar={avatar} size={28} />
      ))}
      <Tip>{said}</Tip>
    </span>
  );
}
