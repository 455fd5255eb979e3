import { Icon } from "../../ui/icon.tsx";
import { check, checkCheck, clock as clockIcon, fileText, rotateCw } from "../../ui/icons.ts";
import { clock, day } from "../../ui/when.ts";
import type { App } from "../app.ts";
import { useApp } from "../context.ts";
import type { Delivery, Item, Message } from "../models/thread.ts";
import { Later } from "./later.tsx";

const filesOf = () => import("./files.tsx");

const happened = () => import("./happened.tsx");
const links = () => import("./links.tsx");

/** One thing in the thread: a day, something that happened, or a message. */
export function ItemView({ item }: { item: Item }) {
  const app = useApp();
  switch (item.kind) {
    case "day":
      return <li class="day">{day(item.at, app.locale.value, Date.now())}</li>;
    case "event":
      return <Later load={happened} with={item} meanwhile={null} />;
    case "message":
      return <Bubble app={app} message={item} />;
    default:
      return item satisfies never;
  }
}

function Bubble({ app, message }: { app: App; message: Message }) {
  const { mine, text, delivery, redacted, article, files, last } = message;
  const bad = delivery === "failed" || delivery === "refused";
  const soft = delivery === "sending" || delivery === "waiting";
  return (
    <li class={`msg ${mine ? "is-out" : "is-in"}${last ? "" : " is-followed"}`}>
      {(text || redacted) && (
        <div class={`bubble${bad ? " is-failed" : soft ? " is-waiting" : ""}`}>
          <p dir="auto">
            {redacted ? (
              <i>{app.say("msg.redacted")}</i>
            ) : /:\/\//.test(text) ? (
              <Later load={links} with={{ text }} meanwhile={text} />
            ) : (
              text
            )}
          </p>
        </div>
      )}
      {files && <Later load={filesOf} meanwhile={null} with={{ message }} />}
      {article && (
        <button type="button" class="article-card" onClick={() => app.place.go({ view: "article", id: article.id })}>
          <Icon d={fileText} />
          <span class="row-text">
            <span class="row-title" dir="auto">
              {article.title}
            </span>
            <span class="answer-snippet" dir="auto">
              {article.excerpt}
            </span>
          </span>
        </button>
      )}
      {last && <Meta app={app} message={message} />}
    </li>
  );
}

const TICKS: Record<Delivery, string> = {
  sending: clockIcon,
  waiting: clockIcon,
  failed: rotateCw,
  refused: rotateCw,
  sent: check,
  seen: checkCheck,
};

function Meta({ app, message }: { app: App; message: Message }) {
  const { say, outbox, draft } = app;
  const { key, at, name, delivery, edited } = message;
  const time = clock(at, app.locale.value);
  if (delivery === "failed")
    return (
      <button type="button" class="meta meta-danger" onClick={() => outbox.retry(key)}>
        <Icon d={rotateCw} size={14} />
        {say("msg.failed")}
      </button>
    );
  if (delivery === "refused")
    return (
      <button
        type="button"
        class="meta meta-danger"
        onClick={() => {
          draft.set([outbox.takeBack(key), draft.text.peek()].filter(Boolean).join("\n"));
          app.focus.value += 1;
        }}
      >
        <Icon d={rotateCw} size={14} />
        {say("msg.refused")}
      </button>
    );
  const parts = delivery
    ? [delivery === "sent" || delivery === "seen" ? time : "", say(`msg.${delivery}`)]
    : [name ?? "", time, edited ? say("msg.edited") : ""];
  return (
    <p class="meta">
      {delivery === "sending" || delivery === "waiting" ? <Icon d={TICKS[delivery]} size={14} /> : null}
      {parts.filter(Boolean).join(" · ")}
      {delivery === "sent" || delivery === "seen" ? <Icon d={TICKS[delivery]} size={14} /> : null}
    </p>
  );
}
