import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../context.ts";
import { useReturningFocus } from "./popover.tsx";

/** A modal surface over everything. `showModal` keeps the focus inside and the rest of the page inert. */
export function Dialog(props: { label: string; class: string; children: ComponentChildren }) {
  const { overlays } = useApp();
  const ref = useRef<HTMLDialogElement>(null);
  useReturningFocus();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the press beside it is for pointers; Escape closes it by key
    <dialog
      ref={ref}
      class={`modal ${props.class}`}
      aria-label={props.label}
      onCancel={(event) => {
        event.preventDefault();
        overlays.close();
      }}
      onClick={(event) => {
        if (event.target === ref.current) overlays.close();
      }}
    >
      <div class="modal-body">{props.children}</div>
    </dialog>
  );
}
