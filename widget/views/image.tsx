import { Icon } from "../../ui/icon.tsx";
import { x } from "../../ui/icons.ts";
import { composing } from "../../ui/keys.ts";
import { useApp } from "../context.ts";
import { useEffect, useRef } from "../hooks.ts";
import imageCss from "../styles/image.css?inline";

export const css = imageCss;

/** One picture, as large as the window; a click beside it or Escape goes back to where one was. */
export function View({ url, name, icon, done }: { url: string; name: string; icon: string; done(): void }) {
  const { say } = useApp();
  const ref = useRef<HTMLDialogElement | null>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      class="viewer"
      aria-label={name}
      onClose={done}
      onKeyDown={(event) => {
        // The panel behind stays open.
        if (event.key === "Escape" && !composing(event)) event.stopPropagation();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget || event.target instanceof HTMLImageElement) ref.current?.close();
      }}
    >
      <div class="viewer-bar">
        <bdi class="clip">{name}</bdi>
        <a
          class="icon-btn"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={say("file.save")}
          download={name}
        >
          <Icon d={icon} />
        </a>
        <button type="button" class="icon-btn" aria-label={say("close")} onClick={() => ref.current?.close()}>
          <Icon d={x} />
        </button>
      </div>
      <img src={url} alt={name} />
    </dialog>
  );
}
