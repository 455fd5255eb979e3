import { composing } from "../../ui/keys.ts";
import type { App } from "../app.ts";
import { useSurroundings } from "../context.ts";
import { useEffect, useRef } from "../hooks.ts";
import { Banner } from "./banner.tsx";
import { Composer } from "./composer.tsx";
import { Head } from "./head.tsx";
import { Home } from "./home.tsx";
import { Later } from "./later.tsx";
import { useScreen } from "./screen.ts";

const article = async (app: App) => {
  const [part] = await Promise.all([import("./article.tsx"), app.reader.need()]);
  return part;
};
/** The conversation, and all that talks to a person. */
export const chatPart = () => import("./chat.tsx");
export const chat = async (app: App) => {
  await app.desk.need();
  return chatPart();
};
const list = () => import("./list.tsx");

/** The panel: not modal beside the page, modal where it fills the screen. */
export function Panel() {
  const { app, close } = useSurroundings();
  const ref = useRef<HTMLDialogElement | null>(null);
  const full = useScreen(ref);
  const open = app.place.open.value;
  const { view } = app.place.current.value;

  const held = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog || !open) return;
    if (full) dialog.showModal();
    else dialog.show();
    // A window that grew or shrank, by a phone's keyboard too, takes nobody from where they write.
    if (held.current?.isConnected) held.current.focus();
    else focusStart(dialog, view === "chat");
    return () => {
      held.current = dialog.querySelector(":focus");
      dialog.close();
    };
  }, [open, full]);

  const shown = useRef(view);
  useEffect(() => {
    if (shown.current !== view && open && ref.current) focusStart(ref.current, view === "chat");
    shown.current = view;
  }, [view]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event)) return;
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      close();
    }
  };

  return (
    <dialog
      ref={ref}
      class={full ? "panel is-full" : "panel"}
      aria-label={app.say("panel.title")}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      {(open || (app.place.near.value && view === "home")) && (
        <>
          <Head />
          {view === "home" && <Home />}
          {view === "chat" && <Later key={app.desk.made.value?.thread.current.value} load={chat} />}
          {view === "article" && <Later load={article} />}
          {view === "list" && <Later load={list} />}
          {(view === "home" || view === "chat") && (
            <>
              <Banner />
              <Composer />
            </>
          )}
        </>
      )}
    </dialog>
  );
}

/** Where reading starts: the heading; in a chat with a keyboard at hand, the composer. */
function focusStart(dialog: HTMLElement, chat: boolean) {
  const field = chat && matchMedia("(pointer: fine)").matches ? "textarea" : "[data-start]";
  (dialog.querySelector<HTMLElement>(field) ?? dialog).focus({ preventScroll: true });
}
