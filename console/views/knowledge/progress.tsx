import { useSentences } from "../context.ts";

/** How far somebody has read: told in words, and drawn. */
export function Progress({ read, of }: { read: number; of: number }) {
  const t = useSentences();
  return (
    <span class="progress">
      <span class="progress-bar" aria-hidden="true">
        <i style={{ inlineSize: `${of === 0 ? 0 : (read / of) * 100}%` }} />
      </span>
      <span class="small muted nowrap">{t.readOf(read, of)}</span>
    </span>
  );
}
