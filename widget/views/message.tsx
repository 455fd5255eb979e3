import { Icon } from "../../ui/icon.tsx";
import { check, checkCheck, clock as clockIcon, rotateCw } from "../../ui/icons.ts";
import { clock, day } from "../../ui/when.ts";
import type { App } from "../app.ts";
import { useApp, useDesk } from "../context.ts";
import type { Item, Message } from "../models/thread.ts";
import { Later } from "./later.tsx";

const card = () => import("./article-card.tsx");
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
      {article && <Later load={card} meanwhile={null} with={{ article }} />}
      {last && <Meta app={app} message={message} />}
    </li>
  );
}

function Meta({ app, message }: { app: App; message: Message }) {
  const { say, draft } = app;
  const { outbox } = useDesk();
  const { key, at, name, delivery, edited } = message;
  const time = clock(at, app.locale.value);
  if (delivery === "failed" || delivery === "refused") {
    const again = () => {
      if (delivery === "failed") outbox.retry(key);
      else draft.set([outbox.takeBack(key), draft.text.peek()].filter(Boolean).join("\n"));
      app.focus.value += 1;
    };
    return (
      <button type="button" class="meta meta-danger" onClick={again}>
        <Icon d={rotateCw} size={14} />
        {say(`msg.${delivery}`)}
      </button>
    );
  }
  const gone = delivery === "sent" || delivery === "seen";
  const parts = delivery ? [gone && time, say(`msg.${delivery}`)] : [name ?? "", time, edited ? say("msg.edited") : ""];
  return (
    <p class="meta">
      {delivery && !gone && <Icon d={clockIcon} size={14} />}
      {parts.filter(Boolean).join(" · ")}
      {gone && <Icon d={delivery === "seen" ? checkCheck : check} size={14} />}
    </p>
  );
}
