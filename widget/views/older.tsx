import type { ConversationId } from "../../protocol/ids.ts";
import { en } from "../../ui/locales/en-more.ts";
import { useApp, useDesk } from "../context.ts";
import { takesFocus, useRef } from "../hooks.ts";

export const sentences = en;

/** How many older messages one press fetches. */
const OLDER = 100;

/** The way further back, at the top of a thread. What was being read stays where it is. */
export function View() {
  const app = useApp();
  const { say } = app;
  const { link, log, thread } = useDesk();
  const ref = useRef<HTMLLIElement | null>(null);
  const fetchOlder = async () => {
    const id = thread.current.peek() ?? "";
    const first = log.talks.peek().get(id)?.peek().events[0]?.seq ?? 1;
    const after = Math.max(0, first - 1 - OLDER);
    const sync = { type: "sync", conversation: id as ConversationId, after, limit: first - 1 - after } as const;
    const reply = await link()?.send(sync);
    const body = ref.current?.closest<HTMLElement>(".panel-body");
    if (!reply?.ok || !body) return;
    const { scrollHeight, scrollTop } = body;
    log.prepend(id, reply.events ?? []);
    requestAnimationFrame(() => {
      body.scrollTop = scrollTop + body.scrollHeight - scrollHeight;
      takesFocus(body);
    });
  };
  return (
    <li class="event" ref={ref}>
      <button type="button" class="btn btn-quiet btn-sm" onClick={fetchOlder}>
        {say("chat.older")}
      </button>
    </li>
  );
}
