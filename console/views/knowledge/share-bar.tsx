interface Estimate {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** A share of 1 in whole percent, as CSS and people write it. */
export const percent = (share: number) => `${Math.round(share * 100)}%`;

/** Where a share lies, and between which two it lies surely. */
export function ShareBar({ of: { share, low, high }, class: more = "" }: { of: Estimate; class?: string }) {
  return (
    <span class={`answered-bar ${more}`.trim()} aria-hidden="true">
      <i style={{ insetInlineStart: percent(low), inlineSize: percent(high - low) }} />
      <b style={{ insetInlineStart: percent(share) }} />
    </span>
  );
}
