import { effect, untracked } from "@preact/signals";
import type { Conversation } from "../../protocol/conversation.ts";
import type { ConversationId } from "../../protocol/ids.ts";
import type { Bell } from "../ports.ts";
import type { Clock } from "./clock.ts";
import type { Inbox } from "./inbox.ts";
import type { Preferences } from "./preferences.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

/** Rings for an agent. */
export interface Ring {
  dispose(): void;
}

/**
 * Rings while the console is open, once for each wait that begins, of somebody whom nobody answers yet or of one's own
 * visitor, and once for each conversation that becomes one's own. A row tells it, or the list that is fetched after a
 * lost connection. Who is away hears nothing, nor who looks at that very conversation: so one's own claim is no news.
 * The notice goes when somebody has answered.
 */
export function createRing(
  inbox: Inbox,
  router: Router,
  session: Session,
  preferences: Preferences,
  clock: Clock,
  bell: Bell,
  nameOf: (row: Conversation) => string,
): Ring {
  /** What was so before the console was opened is in sight, and no news. */
  let opened: string | undefined;
  const heard = new Map<ConversationId, string>();
  let mine: ReadonlySet<ConversationId> = new Set();
  const notices = new Map<ConversationId, { readonly forWait: boolean; close(): void }>();

  const stop = effect(() => {
    if (!session.live.value || inbox.state.value === "loading") return;
    const rows = inbox.open.value;
    const me = session.agent.value?.id;
    untracked(() => {
      opened ??= new Date(clock.read()).toISOString();
      const own = rows.filter(({ assignee }) => assignee?.id === me);
      const callers = rows.filter(({ assignee, waitingSince }) => waitingSince && (!assignee || assignee.id === me));
      const before = mine;
      mine = new Set(own.map(({ id }) => id));
      sweep(new Set(callers.map(({ id }) => id)));
      const told = new Set<ConversationId>();
      for (const row of callers) {
        const { id, waitingSince = "" } = row;
        if (waitingSince <= opened || heard.get(id) === waitingSince) continue;
        heard.set(id, waitingSince);
        told.add(id);
        call(row, `${id} ${waitingSince}`, true);
      }
      for (const row of own) {
        const { id, updatedAt } = row;
        if (before.has(id) || updatedAt <= opened || told.has(id)) continue;
        call(row, `${id} own ${updatedAt}`, false);
      }
    });
  });

  /** What somebody has answered, or a colleague has taken, calls nobody any more. */
  function sweep(callers: ReadonlySet<ConversationId>) {
    for (const [id, { forWait, close }] of notices) {
      if (forWait ? callers.has(id) : mine.has(id)) continue;
      notices.delete(id);
      close();
    }
  }

  function call(row: Conversation, tag: string, forWait: boolean) {
    if (preferences.away.peek()) return;
    const { id, latest } = row;
    const route = router.route.peek();
    const looked = bell.looked();
    const silent = looked && route.page === "inbox" && route.conversation === id;
    const notice = !looked &&
      preferences.notices.peek() && {
        title: nameOf(row),
        text: latest?.text ?? "",
        pressed: () => router.go({ page: "inbox", view: forWait ? "waiting" : "mine", conversation: id }),
      };
    notices.get(id)?.close();
    const close = bell.call({ tag, silent, sound: preferences.sound.peek(), ...(notice && { notice }) });
    notices.set(id, { forWait, close });
  }

  return {
    dispose() {
      stop();
      for (const { close } of notices.values()) close();
    },
  };
}
