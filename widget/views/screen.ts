import type { RefObject } from "preact";
import { useEffect, useSignal } from "../hooks.ts";

/** Where the panel fills the screen: phones, and pages zoomed to 400%. */
const FULL = "(max-width: 599.98px), (max-height: 479.98px)";

/**
 * Whether the panel fills the screen. There it follows the visual viewport, because a phone's keyboard shrinks only that: the
 * composer stands on the keyboard.
 */
export function useScreen(ref: RefObject<HTMLElement | null>): boolean {
  const full = useSignal(matchMedia(FULL).matches);
  useEffect(() => {
    const query = matchMedia(FULL);
    const change = () => {
      full.value = query.matches;
    };
    query.addEventListener("change", change);
    const viewport = window.visualViewport;
    let frame = 0;
    const size = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (!viewport) return;
        ref.current?.style.setProperty("--view-top", `${viewport.offsetTop}px`);
        ref.current?.style.setProperty("--view-height", `${viewport.height}px`);
      });
    };
    // Where nothing covers the page, the style sheet's own measures are right, and a new style would be a second layout.
    // Asked in the frame that shows the panel: before it, the question alone would be a layout.
    frame = requestAnimationFrame(() => viewport?.height !== innerHeight && size());
    viewport?.addEventListener("resize", size);
    viewport?.addEventListener("scroll", size);
    return () => {
      cancelAnimationFrame(frame);
      query.removeEventListener("change", change);
      viewport?.removeEventListener("resize", size);
      viewport?.removeEventListener("scroll", size);
    };
  }, []);
  return full.value;
}
