import { Icon } from "../../ui/icon.tsx";
import { circleCheck, rotateCcw } from "../../ui/icons.ts";
import { givenName } from "../../ui/initials.ts";
import { en } from "../../ui/locales/en-happened.ts";
import { clock } from "../../ui/when.ts";
import { useApp, useDesk } from "../context.ts";
import type { Item } from "../models/thread.ts";

export const sentences = en;

/** Something that happened in a conversation and is no message. */
export function View({ event }: Extract<Item, { kind: "event" }>) {
  const app = useApp();
  const { say } = app;
  const { thread } = useDesk();
  if (event.type === "rated")
    return (
      <li class="msg is-out">
        <div class="bubble">
          <p>{say(event.solved ? "resolved.yes" : "resolved.no")}</p>
        </div>
      </li>
    );
  const time = clock(event.at, app.locale.value);
  if (event.type === "joined")
    return (
      <li class="event">
        {say("agent.joined", { name: givenName(event.agent.name) })} · {time}
      </li>
    );
  const agent = thread.conversation.value?.assignee;
  const { kind, name } = event.by;
  const text =
    event.type === "reopened"
      ? agent
        ? say("event.reopenedBy", { name: givenName(agent.name) })
        : say("event.reopened")
      : kind === "visitor"
        ? say("event.solved")
        : kind === "agent" && name
          ? say("event.resolved", { name: givenName(name) })
          : say("event.closed");
  return (
    <>
      <li class="event">
        <Icon d={event.type === "reopened" ? rotateCcw : circleCheck} size={14} />
        {text} · {time}
      </li>
      {event.type === "reopened" && event.why && (
        <li class="msg is-in">
          <div class="bubble">{say("reopened")}</div>
        </li>
      )}
    </>
  );
}
