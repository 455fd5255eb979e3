import { Icon } from "../../ui/icon.tsx";
import { circleCheck, ellipsis, history } from "../../ui/icons.ts";
import { composing } from "../../ui/keys.ts";
import { en } from "../../ui/locales/en-more.ts";
import { useApp } from "../context.ts";
import { useEffect, useRef, useSignal } from "../hooks.ts";
import menuCss from "../styles/menu.css?inline";

export const css = menuCss;
export const sentences = en;

/** More options, open at first: it was asked for. */
export function View() {
  const { say, place, log, thread, outcome } = useApp();
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
      conversation.status !== "resolved" && {
        name: say("chat.solved"),
        icon: circleCheck,
        act: () => outcome.need().then((made) => made.resolve()),
      },
  ].filter((item) => item !== false && item !== undefined);

  useEffect(() => {
    if (open.value) ref.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }, [open.value]);

  if (items.length === 0) return null;
  const close = () => {
    open.value = false;
    ref.current?.querySelector("button")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event) || !open.value) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const all = [...(ref.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
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
        if (!ref.current?.contains(event.relatedTarget as Node | null)) open.value = false;
      }}
    >
      <button
        type="button"
        class="icon-btn"
        aria-label={say("menu")}
        aria-haspopup="menu"
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <Icon d={ellipsis} />
      </button>
      {open.value && (
        <div class="menu" role="menu" aria-label={say("menu")}>
          {items.map(({ name, icon, act }) => (
            <button
              key={name}
              type="button"
              class="menu-item"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                void act();
              }}
            >
              <Icon d={icon} size={18} />
              {name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
