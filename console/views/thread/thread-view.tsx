import { useSignalEffect } from "@preact/signals";
import type { Thread } from "../../models/thread.ts";
import { Composer } from "../composer/composer.tsx";
import { useApp, useSentences } from "../context.ts";
import { Announcer } from "./announcer.tsx";
import { Head } from "./head.tsx";
import { Scroller } from "./scroller.tsx";

/** One conversation: what was said, and the field to answer in. */
export function ThreadView({ thread }: { thread: Thread }) {
  const { actions, composer } = useApp();
  const t = useSentences();
  const conversation = thread.conversation.value;
  useSignalEffect(() => {
    // Read is what was on the screen while somebody looked at it.
    const head = thread.conversation.value?.head.talk;
    if (head && composer.atEnd.value && document.visibilityState === "visible") actions.read();
  });
  if (thread.state.value === "missing") return <main class="main main-empty muted">{t.missing}</main>;
  if (!conversation)
    return (
      <main class="main main-empty muted">
        <p>{t.loading}</p>
      </main>
    );
  return (
    <main class="main">
      <Head conversation={conversation} />
      <Scroller conversation={conversation} thread={thread} />
      <Announcer conversation={conversation} thread={thread} />
      <Composer conversation={conversation} />
    </main>
  );
}
