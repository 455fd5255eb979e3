import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation } from "../../../protocol/conversation.ts";
import type { Thread } from "../../models/thread.ts";
import { authorOf } from "../../names.ts";
import { useApp, useSentences } from "../context.ts";

/** A polite region of its own: it says what arrived, once, and never the history. */
export function Announcer({ conversation, thread }: { conversation: Conversation; thread: Thread }) {
  const { session } = useApp();
  const t = useSentences();
  const heard = useRef(conversation.head.talk);
  const [said, say] = useState("");
  const me = session.agent.value?.id;
  const last = thread.log.value.talk.findLast((event) => event.type === "posted");
  useEffect(() => {
    if (last?.type !== "posted" || last.seq <= heard.current) return;
    heard.current = last.seq;
    if (last.by.id !== me) say(t.announced(authorOf(last.by, me, conversation, t), last.text));
  }, [last?.seq]);
  return (
    <p class="sr" aria-live="polite">
      {said}
    </p>
  );
}
