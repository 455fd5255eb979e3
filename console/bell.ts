import { alone } from "../ui/alone.ts";
import { ring, strike } from "../ui/bell-sound.ts";
import type { Bell, Call } from "./ports.ts";

const RING = "deskbell.console.ring";
/** A page that is looked at comes first: it may know that nobody needs to be called. */
const OTHERS_AFTER_MS = 300;

/** The browser's sound and its notices, of all pages of the console in one. Neither is asked for before an agent wants it. */
export function createBell(): Bell {
  const looked = () => document.visibilityState === "visible" && document.hasFocus();
  return {
    looked,
    strike,
    async allowed() {
      // A page without HTTPS has none.
      if (!("Notification" in window)) return false;
      return (await Notification.requestPermission()) === "granted";
    },
    call(call) {
      let notice: Notification | undefined;
      const timer = setTimeout(
        () => {
          if (call.sound) ring(RING, call.silent);
          alone(`deskbell.console.call ${call.tag}`, () => {
            if (call.notice && !call.silent) notice = show(call.tag, call.notice);
          });
        },
        looked() ? 0 : OTHERS_AFTER_MS,
      );
      return () => {
        clearTimeout(timer);
        notice?.close();
      };
    },
  };
}

function show(tag: string, { title, text, pressed }: NonNullable<Call["notice"]>): Notification | undefined {
  try {
    if (Notification.permission !== "granted") return undefined;
    const notice = new Notification(title, { tag, body: text, icon: "/console/favicon.svg", silent: true });
    notice.onclick = () => {
      window.focus();
      notice.close();
      pressed();
    };
    return notice;
  } catch {
    // Phones show notices of installed pages only.
    return undefined;
  }
}
