import { Icon } from "../../ui/icon.tsx";
import { circleAlert, wifiOff } from "../../ui/icons.ts";
import type { Sentence } from "../../ui/sentences.ts";
import { useApp } from "../context.ts";

/** What stands in the way, above the composer, and what may be done about it. */
export function Banner() {
  const app = useApp();
  const { say, suggestions, place, storage, draft, lost } = app;
  const desk = app.desk.made.value;
  const { session, outbox } = desk ?? {};
  const refused = session?.refused.value?.code;
  // The banner goes, and the focus would with it.
  const press = (act: () => void) => {
    act();
    app.focus.value += 1;
  };
  const [sentence, act, tried]: [Sentence, (() => void)?, Sentence?] | [] = refused
    ? refused === "unauthorized"
      ? ["conn.signedOut", () => desk?.startOver(), "chat.new"]
      : [refused === "unsupported-version" ? "conn.reload" : "conn.refused"]
    : session?.offline.value
      ? ["conn.offline"]
      : outbox?.busy.value
        ? ["conn.busy"]
        : lost.value[0]
          ? ["error.load", app.askAgain, "retry"]
          : place.current.value.view === "home" && suggestions.failed.value
            ? ["suggest.failed", suggestions.retry, "retry"]
            : (draft.text.value || outbox?.pending.value[0]) && storage.brief()
              ? ["conn.brief"]
              : session?.slow.value
                ? ["conn.slow"]
                : [];
  return (
    <div role="status">
      {sentence && (
        <div class={refused || act ? "banner banner-danger" : "banner"}>
          <Icon d={refused || act ? circleAlert : wifiOff} size={18} />
          <p>{say(sentence)}</p>
          {act && tried && (
            <button type="button" class="btn btn-sm" onClick={() => press(act)}>
              {say(tried)}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
