import { Avatar } from "../../ui/avatar.tsx";
import { Icon } from "../../ui/icon.tsx";
import { chevronLeft, ellipsis, externalLink, x } from "../../ui/icons.ts";
import { Logo } from "../../ui/logo.tsx";
import { clock } from "../../ui/when.ts";
import type { App } from "../app.ts";
import { useSurroundings } from "../context.ts";
import { useSignal } from "../hooks.ts";
import { Later } from "./later.tsx";
import { replyTime } from "./status.tsx";

const menu = () => import("./menu.tsx");

/** Back, title, menu, close: in this order also for the keyboard. */
export function Head() {
  const { app, close } = useSurroundings();
  const { say, place } = app;
  const { view } = place.current.value;
  const article = view === "article" ? app.reader.made.value?.article.value : undefined;
  return (
    <div class={view === "home" ? "panel-head is-flat" : "panel-head"}>
      {view !== "home" && (
        <button type="button" class="icon-btn" aria-label={say("back")} onClick={place.back}>
          <Icon d={chevronLeft} flip />
        </button>
      )}
      {view === "home" ? <SiteTitle /> : view === "chat" ? <ChatTitle /> : <PlainTitle list={view === "list"} />}
      <Menu />
      {article && (
        <a class="icon-btn" href={article.url} target="_blank" rel="noopener" aria-label={say("article.full")}>
          <Icon d={externalLink} />
        </a>
      )}
      <button type="button" class="icon-btn" aria-label={say("close")} onClick={close}>
        <Icon d={x} />
      </button>
    </div>
  );
}

/** More options, where there are any; what they are comes when they are asked for. */
function Menu() {
  const { say, place, desk } = useSurroundings().app;
  const wanted = useSignal(false);
  const { view } = place.current.value;
  if (view !== "chat" && (view !== "home" || !desk.made.value?.log.talks.value.size)) return null;
  const button = (
    <button
      type="button"
      class="icon-btn"
      aria-label={say("menu")}
      aria-haspopup="menu"
      aria-expanded="false"
      onClick={() => {
        wanted.value = true;
      }}
    >
      <Icon d={ellipsis} />
    </button>
  );
  return wanted.value ? <Later load={menu} meanwhile={button} /> : button;
}

function SiteTitle() {
  const { name, logo } = useSurroundings().app.site.config.value ?? {};
  return (
    <div class="panel-title">
      {logo ? <img class="site-logo" src={logo} alt="" width={24} height={24} /> : <Logo size={24} />}
      <span class="clip">{name}</span>
    </div>
  );
}

function PlainTitle({ list }: { list: boolean }) {
  const { say } = useSurroundings().app;
  return (
    <div class="panel-title muted medium" tabIndex={-1} {...(list && { "data-start": true })}>
      {say(list ? "chat.previous" : "panel.title")}
    </div>
  );
}

function ChatTitle() {
  const { app } = useSurroundings();
  const desk = app.desk.made.value;
  const agent = desk?.thread.conversation.value?.assignee;
  const away = desk?.session.offline.value || !desk?.agentPresent.value;
  const { say, site } = app;
  return (
    <div class="panel-title">
      {agent && <Avatar name={agent.name} avatar={agent.avatar} presence={away ? "away" : "online"} />}
      <h1 class="agent" tabIndex={-1} data-start>
        <span class="clip">
          {agent?.name ?? (waits(app) ? say("chat.waiting") : (site.config.value?.name ?? say("panel.title")))}
        </span>
        <span class="small muted clip">{underName(app)}</span>
      </h1>
    </div>
  );
}

/** Whether they wrote to the team and nobody has taken it: who wrote nothing, or is done, waits for no one. */
function waits({ desk }: App): boolean {
  const { items, conversation } = desk.made.value?.thread ?? {};
  const { assignee, status } = conversation?.value ?? {};
  return Boolean(items?.value[0]) && !assignee && status !== "resolved";
}

function underName(app: App): string {
  const { say, locale, desk, availability } = app;
  const { thread, typist, session } = desk.made.value ?? {};
  const conversation = thread?.conversation.value;
  if (session?.offline.value) return say("status.reconnecting");
  const name = typist?.value?.name;
  if (name !== undefined) return say("agent.typing", { name: name || say("agent.someone") });
  if (conversation?.status === "resolved" && conversation.resolvedAt)
    return say("status.resolved", { time: clock(conversation.resolvedAt, locale.value) });
  // How long it takes is the line's to say: two promises beside each other would differ.
  return waits(app) && availability.value?.state !== "away" ? say("chat.waitingHint") : (replyTime(app) ?? "");
}
