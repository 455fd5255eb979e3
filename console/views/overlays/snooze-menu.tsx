import { useSignal } from "@preact/signals";
import { SNOOZES, snoozeUntil } from "../../models/snoozes.ts";
import { useApp, useSentences } from "../context.ts";
import { onKeys } from "../keys.ts";
import { Chooser } from "./chooser.tsx";
import { Popover } from "./popover.tsx";

/** Until when it shall be out of sight (Z): a few usual times, or a date. */
export function SnoozeMenu() {
  const { actions, clock, locale } = useApp();
  const t = useSentences();
  const date = useSignal("");
  const wrong = useSignal(false);
  const now = new Date(clock.read());
  const said = (at: Date) => at.toLocaleString(locale.value, { weekday: "short", hour: "numeric", minute: "2-digit" });
  const submit = () => {
    const at = new Date(date.value);
    wrong.value = !(at.getTime() > clock.read());
    if (!wrong.value) void actions.snooze(at);
  };
  return (
    <Popover label={t.snoozeUntil}>
      <Chooser
        label={t.snoozeUntil}
        options={SNOOZES.map((id) => ({ id, text: t.snoozeChoices[id], hint: said(snoozeUntil(id, now)) }))}
        onChoose={(id) => {
          const chosen = SNOOZES.find((snooze) => snooze === id);
          if (chosen) void actions.snooze(snoozeUntil(chosen, now));
        }}
      />
      <div class="snooze-date">
        <label class="small muted" for="snooze-date">
          {t.snoozeDate}
        </label>
        <div class="inline">
          <input
            id="snooze-date"
            class="field"
            type="datetime-local"
            value={date.value}
            aria-invalid={wrong.value || undefined}
            onInput={(event) => {
              date.value = event.currentTarget.value;
            }}
            onKeyDown={onKeys((event) => {
              if (event.key === "Enter") submit();
            })}
          />
          <button type="button" class="btn btn-secondary" disabled={!date.value} onClick={submit}>
            {t.snooze}
          </button>
        </div>
        {wrong.value && <p class="hint hint-wrong">{t.snoozePast}</p>}
      </div>
    </Popover>
  );
}
