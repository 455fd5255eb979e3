import { useSignalEffect } from "@preact/signals";
import type { Thread } from "../../models/thread.ts";
import { Composer } from "../composer/composer.tsx";
import { useApp, useSentences } from "../context.ts";
import { Announcer } from "./announcer.tsx";
import { Head } from "./head.tsx";
import { Scroller } from "./scroller.tsx";

/** One conversation: what was said, and the field to answer in. */
export function ThreadView({ thread }: { thread: Thread }) {
  const { actions, composer, inbox, router } = useApp();
  const t = useSentences();
  const conversation = thread.conversation.value;
  useSignalEffect(() => {
    // Read is what was on the screen while somebody looked at it.
    const head = thread.conversation.value?.head.talk;
    if (head && composer.atEnd.value && document.visibilityState === "visible") actions.read();
  });
  if (thread.state.value === "missing" || !conversation)
    return (
      <main class="main main-empty muted">
        <h1 class="sr">{t.conversation}</h1>
        <p>{thread.state.value === "missing" ? t.missing : t.loading}</p>
        <button
          type="button"
          class="btn btn-secondary btn-sm only-narrow"
          onClick={() => router.go({ page: "inbox", view: inbox.view.peek() })}
        >
          {t.back}
        </button>
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
