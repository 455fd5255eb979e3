import { Icon } from "../../ui/icon.tsx";
import { camera, paperclip } from "../../ui/icons.ts";
import { useApp } from "../context.ts";
import { useEffect, useRef, useSignal } from "../hooks.ts";
import type { Signal } from "../signals.ts";
import { ahead, Later, want } from "./later.tsx";

const attach = async () => (await import("./files.tsx")).attach;

/** What the visitor did: pressed a button, or brought files. */
export type Asked = "picker" | "camera" | readonly File[];

/** What the part is given. */
export interface Given {
  asked: Signal<Asked | undefined>;
  /** Files are being dragged over the panel. */
  over: Signal<boolean>;
}

/** The paper clip. All that it does comes with its first use, by press, paste or drop; what was brought waits for it. */
export function Clip() {
  const app = useApp();
  const { say, draft, site } = app;
  const ref = useRef<HTMLSpanElement | null>(null);
  const asked = useSignal<Asked | undefined>(undefined);
  const over = useSignal(false);
  const types = site.config.value?.files?.types ?? [];
  const some = types.length > 0;
  const used = useRef(false);
  used.current ||= Boolean(asked.value || draft.files.value[0]);
  /** Files wait here until the part has come, those of a second drop behind the first. */
  const ask = (what: Asked) => {
    want(app, attach, () => {
      const before = asked.peek();
      asked.value = typeof what === "object" && typeof before === "object" ? [...before, ...what] : what;
    });
  };

  useEffect(() => {
    const panel = ref.current?.closest<HTMLElement>(".panel");
    const bring = (event: Event, from: DataTransfer | null) => {
      event.preventDefault();
      ask([...(from?.files ?? [])]);
    };
    const drag = (event: DragEvent) => {
      const carries = event.dataTransfer?.types.includes("Files");
      const { type, relatedTarget } = event;
      if (type === "dragleave") over.value &&= panel?.contains(relatedTarget as Node | null) === true;
      else if (type === "drop") {
        over.value = false;
        if (carries) bring(event, event.dataTransfer);
      } else if (carries) {
        event.preventDefault();
        over.value = true;
      }
    };
    const paste = (event: ClipboardEvent) => {
      const { clipboardData: from } = event;
      // What a word processor copies is words with a picture of them: the words are meant.
      if (from?.files[0] && !from.types.includes("text/plain")) bring(event, from);
    };
    const heard = { dragenter: drag, dragover: drag, dragleave: drag, drop: drag, paste };
    for (const [name, listener] of Object.entries(heard)) panel?.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(heard)) panel?.removeEventListener(name, listener as EventListener);
    };
  }, [some]);

  if (!some) return null;
  const button = (what: "picker" | "camera", icon: string) => (
    <button
      type="button"
      class="icon-btn"
      aria-label={say(what === "camera" ? "composer.camera" : "composer.attach")}
      onPointerEnter={() => ahead(attach)}
      onFocus={() => ahead(attach)}
      onClick={() => ask(what)}
    >
      <Icon d={icon} />
    </button>
  );
  return (
    <>
      {(used.current || over.value) && <Later load={attach} meanwhile={null} with={{ asked, over }} />}
      <span ref={ref} class="attach">
        {button("picker", paperclip)}
        {types.includes("image") && matchMedia("(pointer: coarse)").matches && button("camera", camera)}
      </span>
    </>
  );
}
