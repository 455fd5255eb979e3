import { Avatar } from "../../ui/avatar.tsx";
import { givenName } from "../../ui/initials.ts";
import { ago } from "../../ui/when.ts";
import { useApp, useDesk } from "../context.ts";
import resumeCss from "../styles/resume.css?inline";

export const css = resumeCss;

/** The conversation to return to, and whether something new is in it. What was written and not sent yet stands for itself. */
export function View() {
  const app = useApp();
  const { say, locale } = app;
  const { thread } = useDesk();
  const { latest, assignee, subject } = thread.conversation.value ?? {};
  const written = thread.items.value.findLast((item) => item.kind === "message");
  if (!latest && !written) return null;
  const who = latest && latest.by !== "visitor" ? givenName(latest.name ?? say("agent.someone")) : say("chat.you");
  const text = latest?.text ?? written?.text;
  return (
    <button type="button" class="resume" onClick={() => app.chat()}>
      {assignee && <Avatar {...assignee} />}
      <span class="row-text">
        <span class="resume-line">
          <span class="strong clip" dir="auto">
            {subject ?? say("chat.untitled")}
          </span>
          {latest && <span class="small muted nowrap">{ago(latest.at, locale.value, Date.now())}</span>}
        </span>
        <span class="resume-line">
          <span class="muted clip" dir="auto">
            {who}: {text}
          </span>
          {thread.unread.value > 0 && (
            <>
              <span class="dot dot-ring" />
              <span class="sr">{say("msg.new")}</span>
            </>
          )}
        </span>
      </span>
    </button>
  );
}
