import { useLayoutEffect, useRef } from "preact/hooks";
import type { Conversation } from "../../../protocol/conversation.ts";
import { Icon } from "../../../ui/icon.tsx";
import { arrowDown } from "../../../ui/icons.ts";
import type { Thread } from "../../models/thread.ts";
import { nameOf, shortNameOf } from "../../names.ts";
import { useApp, useSentences } from "../context.ts";
import { ItemView } from "./item-view.tsx";

/** This near to the end counts as the end. */
const END_PX = 48;

/** The messages. New ones never move a reader who has scrolled up: a pill says that they are there. */
export function Scroller({ conversation, thread }: { conversation: Conversation; thread: Thread }) {
  const { items, composer, presence } = useApp();
  const t = useSentences();
  const box = useRef<HTMLElement>(null);
  const inside = useRef<HTMLOListElement>(null);
  const shown = items.value;
  const atEnd = composer.atEnd.value;
  const { talk } = conversation.head;
  const newest = useRef(talk);
  /** How far down it was when it last told so, px. */
  const top = useRef(0);
  if (atEnd) newest.current = talk;
  const typing = (presence.typing.value[conversation.id] ?? []).some(({ kind }) => kind === "visitor");

  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(() => {
    const mine = shown.at(-1);
    const sent = mine?.kind === "message" && mine.delivery === "sending";
    if (composer.atEnd.peek() || sent) toEnd();
  }, [shown, typing]);
  useLayoutEffect(() => {
    // Who read further up finds that place again, unless something was said since.
    const { left } = thread;
    if (!box.current || left?.talk !== talk) return;
    composer.atEnd.value = false;
    box.current.scrollTop = left.top;
  }, []);
  useLayoutEffect(() => {
    // A picker opens, a picture arrives, the window shrinks: who was at the end stays there.
    const watch = new ResizeObserver(() => composer.atEnd.peek() && toEnd());
    if (box.current) watch.observe(box.current);
    if (inside.current) watch.observe(inside.current);
    return () => watch.disconnect();
  }, []);

  return (
    <div class="scroller-frame">
      <section
        class="scroller"
        ref={box}
        aria-label={t.conversationWith(nameOf(conversation, t))}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no wheel scrolls it with the arrow keys
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          const near = scrollHeight - scrollTop - clientHeight < END_PX;
          // Only who scrolls up has left the end: this is told later, of a thread that may have grown since.
          if (near || scrollTop < top.current) composer.atEnd.value = near;
          top.current = scrollTop;
          thread.left = composer.atEnd.peek() ? undefined : { top: scrollTop, talk };
          if (near) composer.looked();
        }}
      >
        <ol class="thread" ref={inside}>
          {thread.older.value && (
            <li class="event">
              <button type="button" class="link" onClick={() => void older()}>
                {t.olderMessages}
              </button>
            </li>
          )}
          {shown.map((item) => (
            <ItemView item={item} conversation={conversation} key={item.key} />
          ))}
          {typing && (
            <li class="msg is-in">
              <span class="typing" role="img" aria-label={t.typing(shortNameOf(conversation, t))}>
                <i />
                <i />
                <i />
              </span>
            </li>
          )}
        </ol>
      </section>
      {!atEnd && (
        <button
          type="button"
          class="pill"
          onClick={() => {
            toEnd();
            composer.looked();
          }}
        >
          <Icon d={arrowDown} size={14} />
          {talk > newest.current ? t.newMessages : t.toNewest}
        </button>
      )}
    </div>
  );

  /** What was in sight stays in sight. */
  async function older() {
    const before = box.current ? box.current.scrollHeight - box.current.scrollTop : 0;
    await thread.fetchOlder();
    requestAnimationFrame(() => {
      if (box.current) box.current.scrollTop = box.current.scrollHeight - before;
    });
  }
}
