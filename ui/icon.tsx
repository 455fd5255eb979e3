/** One of `icons.ts`, drawn in the current colour. `flip` mirrors it in right-to-left text (chevrons, arrows). */
export function Icon({ d, size = 20, flip }: { d: string; size?: number; flip?: boolean }) {
  return (
    <svg class={flip ? "ico flip" : "ico"} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}
