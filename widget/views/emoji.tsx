import { Icon } from "../../ui/icon.tsx";
import { smile } from "../../ui/icons.ts";
import { composing } from "../../ui/keys.ts";
import { useApp } from "../context.ts";
import { useEffect, useRef, useSignal } from "../hooks.ts";
import { chosen, emojis } from "../models/emoji.ts";
import emojiCss from "../styles/emoji.css?inline";

export const css = emojiCss;

/** As many as stand in a row of the picker. */
const COLUMNS = 8;

/** The picker in the composer: it comes when it is first asked for, and is open then. */
export function View() {
  const { say, storage } = useApp();
  const open = useSignal<readonly string[] | undefined>(emojis(storage));
  const ref = useRef<HTMLSpanElement | null>(null);
  const all = open.value;
  useEffect(() => ref.current?.querySelector<HTMLElement>(".emoji-grid button")?.focus(), [all]);

  const close = () => {
    open.value = undefined;
    ref.current?.querySelector("button")?.focus();
  };
  const insert = (emoji: string) => {
    const field = ref.current?.closest("form")?.querySelector("textarea");
    chosen(storage, emoji);
    open.value = undefined;
    if (!field) return;
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event) || !all) return;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (step) {
      const buttons = [...(ref.current?.querySelectorAll<HTMLElement>(".emoji-grid button") ?? [])];
      const turned =
        Math.abs(step) === 1 && ref.current?.closest("[dir]")?.getAttribute("dir") === "rtl" ? -step : step;
      buttons[buttons.indexOf(event.target as HTMLElement) + turned]?.focus();
    } else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens to what its buttons do
    <span
      ref={ref}
      class="emoji-place"
      onKeyDown={onKeyDown}
      onFocusOut={(event) => {
        if (!ref.current?.contains(event.relatedTarget as Node | null)) open.value = undefined;
      }}
    >
      <button
        type="button"
        class="icon-btn"
        aria-label={say("composer.emoji")}
        aria-haspopup="dialog"
        aria-expanded={Boolean(all)}
        onClick={() => {
          open.value = all ? undefined : emojis(storage);
        }}
      >
        <Icon d={smile} />
      </button>
      {all && (
        <div class="emoji-grid" role="dialog" aria-label={say("composer.emoji")}>
          {all.map((emoji, at) => (
            <button key={emoji} type="button" tabIndex={at === 0 ? 0 : -1} onClick={() => insert(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}
