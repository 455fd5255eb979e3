import thread from "../../ui/styles/thread.css?inline";
import type { App } from "../app.ts";
import { useApp, useDesk } from "../context.ts";
import { useEffect, useRef, useSignal } from "../hooks.ts";
import { Later } from "./later.tsx";
import { ItemView } from "./message.tsx";

export { createDesk } from "../desk.ts";
export { connect } from "../socket.ts";

export const css = thread;

const outcome = async (app: App) => {
  const desk = await app.desk.need();
  const [part] = await Promise.all([import("./outcome.tsx"), desk.outcome.need()]);
  return part;
};
const contact = () => import("./contact.tsx");
const older = () => import("./older.tsx");
const pill = () => import("./news.tsx");
const typing = () => import("./typing.tsx");
const queue = () => import("./queue.tsx");
/** This near to the end counts as being there, px. */
const NEAR = 24;

/** The conversation. It never moves under a reader: what comes while they look further up is announced by a pill. */
export function View() {
  const app = useApp();
  const { say } = app;
  const desk = useDesk();
  const { thread, log, session, watch } = desk;
  const body = useRef<HTMLDivElement | null>(null);
  const list = useRef<HTMLOListElement | null>(null);
  const atEnd = useRef(true);
  const news = useSignal(false);
  const items = thread.items.value;
  const conversation = thread.conversation.value;
  const asked = conversation?.status === "resolved" && conversation.survey !== undefined;
  const last = items.at(-1);
  const typist = desk.typist.value;
  const nobody = app.availability.value?.state === "away" && items.length > 0 && !asked;
  const away = nobody && !session.visitor.value?.email;

  // Once asked, it stays to say thank you: as long as nobody is there.
  const asking = useRef(false);
  asking.current = away || (asking.current && nobody);

  const toEnd = () => {
    if (body.current) body.current.scrollTop = body.current.scrollHeight;
  };
  // Nobody reads while the page is hidden, whatever is scrolled where.
  const look = () => watch(atEnd.current && document.visibilityState === "visible");

  const top = useRef(0);
  const scrolled = () => {
    const { scrollTop, clientHeight, scrollHeight } = body.current ?? {
      scrollTop: 0,
      clientHeight: 0,
      scrollHeight: 0,
    };
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    // Only who scrolls up has left the end: a thread that grew has not been scrolled.
    if (near || scrollTop < top.current) atEnd.current = near;
    top.current = scrollTop;
    if (near) news.value = false;
    look();
  };

  const seen = useRef(last?.key);
  useEffect(() => {
    const own = last?.kind === "message" && last.mine;
    if (last?.key !== seen.current && !atEnd.current && !own) news.value = true;
    if (atEnd.current || (own && last.key !== seen.current)) toEnd();
    seen.current = last?.key;
    scrolled();
  }, [items, asked, typist, away]);

  useEffect(() => {
    document.addEventListener("visibilitychange", look);
    // A keyboard that opens, a part that arrives: whoever was at the end stays there.
    const sizes = new ResizeObserver(() => atEnd.current && toEnd());
    for (const element of [body.current, list.current]) if (element) sizes.observe(element);
    return () => {
      document.removeEventListener("visibilitychange", look);
      sizes.disconnect();
      watch(false);
    };
  }, []);

  const first = items.length > 0 && conversation && (log.talks.value.get(conversation.id)?.value.events[0]?.seq ?? 1);

  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={body} class="panel-body" tabIndex={0} aria-label={say("chat.label")} onScroll={scrolled}>
        <ol ref={list} class="thread">
          {first && first > 1 && <Later load={older} meanwhile={null} />}
          {items.map((item) => (
            <ItemView key={item.key} item={item} />
          ))}
          {conversation && !conversation.assignee && <Later load={queue} meanwhile={null} />}
          {typist && <Later load={typing} meanwhile={null} />}
          {asking.current && (
            <li>
              <Later load={contact} />
            </li>
          )}
          {asked && (
            <li>
              <Later load={outcome} meanwhile={null} />
            </li>
          )}
        </ol>
      </section>
      {news.value && <Later load={pill} meanwhile={null} with={{ toEnd }} />}
    </>
  );
}
