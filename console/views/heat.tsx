import { useSentences } from "./context.ts";

const STEPS = [1, 2, 3, 4, 5];

/** A share from 0 to 1 as five steps; the number is always printed beside it. */
export function Heat({ share, title }: { share: number; title?: (percent: number) => string }) {
  const t = useSentences();
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <span class="heat" title={(title ?? t.chance)(percent)}>
      {STEPS.map((step) => (
        <i key={step} class={percent > (step - 1) * 20 ? "on" : undefined} />
      ))}
      <b>{percent}</b>
    </span>
  );
}
