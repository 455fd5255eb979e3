import { MARK_BUTTON, MARK_DOME } from "./mark.ts";

/** The logo's mark. Decorative: put the name beside it or on the control that holds it. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path fill-rule="evenodd" d={MARK_DOME} />
      <path class="mark-button" d={MARK_BUTTON} />
    </svg>
  );
}
