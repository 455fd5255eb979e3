import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../context.ts";

/** Something that hangs from what opened it. Goes away by Escape or a press elsewhere; the focus returns. */
export function Popover(props: { label: string; children: ComponentChildren; class?: string }) {
  const { overlays } = useApp();
  const ref = useRef<HTMLDivElement>(null);
  useReturningFocus();
  useEffect(() => {
    const press = (event: PointerEvent) => {
      // What opened it closes it by itself.
      const anchor = ref.current?.closest(".anchor") ?? ref.current;
      if (event.target instanceof Node && !anchor?.contains(event.target)) overlays.close();
    };
    document.addEventListener("pointerdown", press);
    return () => document.removeEventListener("pointerdown", press);
  }, [overlays]);
  return (
    <div class={`popover ${props.class ?? ""}`} role="dialog" aria-label={props.label} ref={ref}>
      {props.children}
    </div>
  );
}

/** Gives the focus back to whatever had it, unless it has moved on by itself. */
export function useReturningFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const lost = document.activeElement === document.body || !document.activeElement?.isConnected;
      queueMicrotask(() => {
        if (lost || document.activeElement === document.body) if (before instanceof HTMLElement) before.focus();
      });
    };
  }, []);
}
