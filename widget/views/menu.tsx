import { Icon } from "../../ui/icon.tsx";
import { bell, check, circleCheck, ellipsis, history, mail } from "../../ui/icons.ts";
import { composing } from "../../ui/keys.ts";
import { en } from "../../ui/locales/en-courtesies.ts";
import { en as more } from "../../ui/locales/en-more.ts";
import { useApp, useDesk } from "../context.ts";
import { useEffect, useOnce, useRef, useSignal } from "../hooks.ts";
import { createSound } from "../models/sound.ts";
import menuCss from "../styles/menu.css?inline";
import { Later } from "./later.tsx";

export const css = menuCss;
export const sentences = { ...more, ...en };

const transcript = () => import("./transcript.tsx");

/** More options, open at first: it was asked for. */
export function View() {
  const { say, place, site, storage } = useApp();
  const { log, thread, outcome, session } = useDesk();
  const sound = useOnce(() => createSound(storage));
  const mails = useSignal(false);
  const open = useSignal(true);
  const ref = useRef<HTMLDivElement | null>(null);
  const conversation = thread.conversation.value;
  const items = [
    log.talks.value.size > 1 && {
      name: say("chat.previous"),
      icon: history,
      act: () => place.go({ view: "list" }),
    },
    place.current.value.view === "chat" &&
      conversation &&
      conversation.status !== "resolved" &&
      // It is said to the server and kept nowhere: without a connection a press did nothing.
      !session.offline.value && {
        name: say("chat.solved"),
        icon: circleCheck,
        act: () => outcome.need().then((made) => made.resolve()),
      },
    place.current.value.view === "chat" &&
      conversation &&
      site.config.value?.mail && {
        name: say("transcript"),
        icon: mail,
        stays: true,
        act: () => {
          mails.value = true;
        },
      },
    { name: say("sound"), icon: bell, on: sound.on.value, act: sound.toggle },
  ].filter((item) => item !== false && item !== undefined);

  useEffect(() => {
    // Also where the item that had the focus went.
    if (!open.value || ref.current?.querySelector("[role^=menuitem]:focus")) return;
    ref.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
  }, [open.value, items.length]);

  const close = () => {
    open.value = false;
    mails.value = false;
    ref.current?.querySelector("button")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event) || !open.value) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const all = [...(ref.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
      const at = all.indexOf(event.target as HTMLElement);
      all[(at + step + all.length) % all.length]?.focus();
    } else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what its button and items do
    <div
      ref={ref}
      class="menu-place"
      onKeyDown={onKeyDown}
      onFocusOut={(event) => {
        if (ref.current?.contains(event.relatedTarget as Node | null) || mails.value) return;
        open.value = false;
      }}
    >
      <button
        type="button"
        class="icon-btn"
        aria-label={say("menu")}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          mails.value = false;
          open.value = !open.value;
        }}
      >
        <Icon d={ellipsis} />
      </button>
      {open.value && mails.value && (
        <div class="menu" role="dialog" aria-label={say("transcript")}>
          <Later load={transcript} />
        </div>
      )}
      {open.value && !mails.value && (
        <div class="menu" role="menu" aria-label={say("menu")}>
          {items.map(({ name, icon, act, stays, on }) => (
            <button
              key={name}
              type="button"
              class="menu-item"
              role={on === undefined ? "menuitem" : "menuitemcheckbox"}
              {...(on !== undefined && { "aria-checked": on })}
              tabIndex={-1}
              onClick={() => {
                // A switch is seen to turn; what asks for more stays open.
                if (on === undefined && !stays) close();
                void act();
              }}
            >
              <Icon d={icon} size={18} />
              {name}
              {on && <Icon d={check} size={16} />}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
