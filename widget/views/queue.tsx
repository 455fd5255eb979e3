import type { ServerPulse } from "../../protocol/pulse.ts";
import { en } from "../../ui/locales/en-courtesies.ts";
import { en as more } from "../../ui/locales/en-more.ts";
import { useApp, useDesk } from "../context.ts";
import { takesFocus, useSignal } from "../hooks.ts";
import outcomeCss from "../styles/outcome.css?inline";
import queueCss from "../styles/queue.css?inline";
import * as contact from "./contact.tsx";
import { View as Offer, css as offer } from "./offer.tsx";

export const css = offer + outcomeCss + queueCss;
export const sentences = { ...more, ...en };

/** More strokes than this say nothing more. */
const STROKES = 8;
const KEY = "left";

/** For who waits for a person: where they stand, how long it may take, the ways out, and an article meanwhile. */
export function View() {
  const { availability } = useApp();
  const { pulses, thread } = useDesk();
  const { queue } = pulses.value;
  const waits =
    queue?.conversation === thread.current.value &&
    thread.conversation.value?.status === "open" &&
    availability.value?.state === "online";
  return (
    <>
      {waits && queue && <Place {...queue} />}
      <Offer />
    </>
  );
}

function Place({ conversation, stage, ahead, wait }: Extract<ServerPulse, { type: "queue" }>) {
  const { say, site, storage, locale } = useApp();
  const { session } = useDesk();
  const left = useSignal(storage.get<string>(KEY) === conversation);
  const mails = site.config.value?.mail;
  const { email } = session.visitor.value ?? {};
  const over = stage === "ended" || left.value;
  if (over && mails && !email)
    return (
      <li ref={left.value ? asks : null}>
        <Leave title={stage === "ended"} />
      </li>
    );
  if (over)
    return (
      <li class="queue">
        {stage === "ended" && <p class="strong">{say("queue.busy")}</p>}
        <p class="muted" role="status">
          {say(mails ? "away.noted" : "queue.saved")}
        </p>
      </li>
    );
  const minutes = new Intl.NumberFormat(locale.value, { style: "unit", unit: "minute", unitDisplay: "short" });
  return (
    <li class="queue">
      <dl class="queue-figures" aria-live="polite">
        <div>
          <dt class="small muted">{say("queue.ahead")}</dt>
          <dd>
            {ahead === 0 ? say("queue.next") : ahead === 1 ? say("queue.one") : say("queue.people", { n: ahead })}
          </dd>
        </div>
        {wait && (
          <div>
            <dt class="small muted">{say("queue.about")}</dt>
            <dd class="num">
              {wait.from < wait.to ? minutes.formatRange(wait.from, wait.to) : minutes.format(wait.to)}
            </dd>
          </div>
        )}
      </dl>
      <div class="queue-steps" aria-hidden="true">
        {Array.from({ length: Math.min(ahead + 1, STROKES) }, (_, at) => (
          <i key={at} />
        ))}
      </div>
      {stage !== "waiting" && <p class="strong">{say("queue.busy")}</p>}
      <p class="muted">{say(stage === "ending" ? "queue.ending" : "queue.keep")}</p>
      {mails && !email && (
        <button
          type="button"
          class="btn btn-secondary btn-lg"
          onClick={() => {
            left.value = true;
            storage.set(KEY, conversation);
          }}
        >
          {say("queue.leave")}
        </button>
      )}
    </li>
  );
}

/** Whoever chose to leave a message writes where it should be answered at once. */
function asks(place: HTMLElement | null) {
  takesFocus(place?.querySelector("input") ?? null);
}

/** Where the answer should go, for who waits no longer. */
function Leave({ title }: { title: boolean }) {
  const { say } = useApp();
  return (
    <>
      {title && (
        <p class="queue strong" role="status">
          {say("queue.busy")}
        </p>
      )}
      <contact.View />
    </>
  );
}
