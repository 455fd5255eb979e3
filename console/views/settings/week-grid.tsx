import { Icon } from "../../../ui/icon.tsx";
import { plus, x } from "../../../ui/icons.ts";
import { type OpeningHours, type Span, WEEKDAYS, type Weekday } from "../../../ui/opening-hours.ts";
import { oneMore, withDay } from "../../models/settings-hours.ts";
import { useSentences } from "../context.ts";

/** A row a day: its hours, or that it is closed. */
export function WeekGrid({ hours, change }: { hours: OpeningHours; change: (hours: OpeningHours) => void }) {
  return (
    <ul class="cards week-grid">
      {WEEKDAYS.map((day) => (
        <Day key={day} day={day} spans={hours.week[day] ?? []} change={(spans) => change(withDay(hours, day, spans))} />
      ))}
    </ul>
  );
}

function Day(props: { day: Weekday; spans: readonly Span[]; change: (spans: readonly Span[]) => void }) {
  const t = useSentences();
  const { day, spans, change } = props;
  const name = t.days[day];
  const put = (at: number, span: Span) => change(spans.map((one, other) => (other === at ? span : one)));
  return (
    <li class="week-day">
      <span class="week-name">{name}</span>
      <span class="week-spans">
        {spans.length === 0 && <span class="muted">{t.closed}</span>}
        {spans.map((span, at) => (
          <span class="inline" key={at}>
            <Time label={t.opensAt(name)} value={span.from} onTime={(from) => put(at, { ...span, from })} />
            <span aria-hidden="true">–</span>
            <Time label={t.closesAt(name)} value={span.to} onTime={(to) => put(at, { ...span, to })} />
            <button
              type="button"
              class="icon-btn"
              aria-label={t.removeHours(name)}
              onClick={() => change(spans.filter((_, other) => other !== at))}
            >
              <Icon d={x} size={16} />
            </button>
          </span>
        ))}
      </span>
      <button type="button" class="icon-btn" aria-label={t.addHours(name)} onClick={() => change(oneMore(spans))}>
        <Icon d={plus} size={16} />
      </button>
    </li>
  );
}

/** The end of the day is midnight to a browser. */
function Time({ label, value, onTime }: { label: string; value: string; onTime: (time: string) => void }) {
  const end = label !== "" && value === "24:00";
  return (
    <input
      class="field num"
      type="time"
      aria-label={label}
      required
      value={end ? "00:00" : value}
      onChange={(event) => {
        const time = event.currentTarget.value;
        if (time) onTime(end && time === "00:00" ? "24:00" : time);
      }}
    />
  );
}
