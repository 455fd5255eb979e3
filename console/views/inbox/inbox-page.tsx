import { Icon } from "../../../ui/icon.tsx";
import { messageSquare } from "../../../ui/icons.ts";
import { useApp, useSentences } from "../context.ts";
import { DetailsView } from "../details/details-view.tsx";
import { ThreadView } from "../thread/thread-view.tsx";
import { InboxList } from "./inbox-list.tsx";

/** List, thread, details: what an agent looks at all day. */
export function InboxPage() {
  const { threads, overlays, inbox } = useApp();
  const t = useSentences();
  const thread = threads.current.value;
  return (
    <>
      <InboxList />
      {thread ? (
        <ThreadView thread={thread} key={thread.id} />
      ) : (
        <section class="main main-empty" aria-label={t.chooseConversation}>
          <Icon d={messageSquare} size={32} />
          {inbox.rows.value.length > 0 && (
            <>
              <p class="medium">{t.chooseConversation}</p>
              <p class="muted">{t.chooseHint}</p>
            </>
          )}
        </section>
      )}
      {overlays.open.value === "details" && <div class="drawer-scrim" onPointerDown={overlays.close} />}
      <DetailsView open={overlays.open.value === "details"} />
    </>
  );
}
