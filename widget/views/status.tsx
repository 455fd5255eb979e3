import { Faces } from "../../ui/avatar.tsx";
import { span } from "../../ui/when.ts";
import type { App } from "../app.ts";
import { useApp } from "../context.ts";
import { Later } from "./later.tsx";

const away = () => import("./away.tsx");
const MINUTE_MS = 60_000;

/** Who is there, and how soon one may expect an answer. */
export function Status() {
  const app = useApp();
  const { agents = [], state } = app.availability.value ?? {};
  if (!state) return <p class="status">&nbsp;</p>;
  return (
    <p class="status">
      {agents.length > 0 && <Faces people={agents} />}
      {state === "online" && <span class="dot dot-ok" />}
      {state === "online" ? (
        (replyTime(app) ?? app.say("status.online"))
      ) : (
        <Later load={away} meanwhile={app.say("status.away")} />
      )}
    </p>
  );
}

/** "Usually replies within 5 min", or nothing where too little is known to promise it. */
export function replyTime({ say, locale, availability }: App): string | undefined {
  const { reply, state } = availability.value ?? {};
  if (state !== "online") return state && say("status.away");
  return reply && say("status.reply", { time: span(reply.to * MINUTE_MS, locale.value) });
}
