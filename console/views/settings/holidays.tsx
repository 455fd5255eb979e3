import { useSignal } from "@preact/signals";
import { Icon } from "../../../ui/icon.tsx";
import { plus, x } from "../../../ui/icons.ts";
import type { Holiday } from "../../../ui/opening-hours.ts";
import { useApp, useSentences } from "../context.ts";
import { Field } from "../fields.tsx";

/** Days on which nobody answers, whatever weekday they are. */
export function Holidays(props: { all: readonly Holiday[]; change: (all: readonly Holiday[]) => void }) {
  const t = useSentences();
  const { locale } = useApp();
  const { all, change } = props;
  const [name, date, until] = [useSignal(""), useSignal(""), useSignal("")];
  const add = () => {
    const holiday = {
      date: date.value,
      ...(until.value && { until: until.value }),
      ...(name.value.trim() && { name: name.value.trim() }),
    };
    change([...all, holiday].sort((a, b) => (a.date < b.date ? -1 : 1)));
    name.value = date.value = until.value = "";
  };
  const shown = new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeZone: "UTC" });
  const day = (text: string) => shown.format(Date.parse(text));
  const input = (label: string, of: typeof name, type: "text" | "date") => (
    <Field label={label}>
      {(field) =>
        type === "date" ? (
          <input {...field} class="field" type="date" value={of.value} onInput={(event) => take(of, event)} />
        ) : (
          <input {...field} class="field" type="text" value={of.value} onInput={(event) => take(of, event)} />
        )
      }
    </Field>
  );
  const take = (of: typeof name, event: { currentTarget: { value: string } }) => {
    of.value = event.currentTarget.value;
  };
  return (
    <>
      {all.length === 0 && <p class="muted">{t.holidaysNone}</p>}
      {all.length > 0 && (
        <ul class="cards">
          {all.map((holiday) => (
            <li class="card-row" key={holiday.date + holiday.name}>
              <span class="shrink clip">{holiday.name ?? day(holiday.date)}</span>
              <span class="muted push">
                {day(holiday.date)}
                {holiday.until && ` – ${day(holiday.until)}`}
              </span>
              <button
                type="button"
                class="icon-btn"
                aria-label={t.removeNamed(holiday.name ?? day(holiday.date))}
                onClick={() => change(all.filter((other) => other !== holiday))}
              >
                <Icon d={x} size={16} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="holiday-new">
        {input(t.holidayName, name, "text")}
        {input(t.holidayFrom, date, "date")}
        {input(t.holidayUntil, until, "date")}
        <button
          type="button"
          class="btn btn-secondary"
          disabled={!date.value || Boolean(until.value && until.value < date.value)}
          onClick={add}
        >
          <Icon d={plus} size={16} />
          {t.addHoliday}
        </button>
      </div>
    </>
  );
}
