import { Avatar } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { circleCheck } from "../../ui/icons.ts";
import { en } from "../../ui/locales/en-more.ts";
import { ago } from "../../ui/when.ts";
import { useApp, useDesk } from "../context.ts";
import resumeCss from "../styles/resume.css?inline";

export const css = resumeCss;
export const sentences = en;

/** Previous conversations, the newest first. */
export function View() {
  const app = useApp();
  const { say, locale } = app;
  const { log } = useDesk();
  const conversations = Array.from(log.talks.value.values(), (talk) => talk.value.conversation).sort((a, b) =>
    a.updatedAt < b.updatedAt ? 1 : -1,
  );
  return (
    <div class="panel-body">
      <ul class="rows">
        {conversations.map(({ id, subject, latest, assignee, status, updatedAt }) => (
          <li key={id}>
            <button type="button" class="row" onClick={() => app.chat(id)}>
              {assignee ? <Avatar {...assignee} /> : status === "resolved" && <Icon d={circleCheck} />}
              <span class="row-text">
                <span class="resume-line">
                  <span class="row-title clip" dir="auto">
                    {subject ?? say("chat.untitled")}
                  </span>
                  <span class="small muted nowrap">{ago(updatedAt, locale.value, Date.now())}</span>
                </span>
                <span class="muted clip" dir="auto">
                  {latest?.text}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
