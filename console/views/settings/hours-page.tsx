import { useSignal } from "@preact/signals";
import type { OpeningHours } from "../../../ui/opening-hours.ts";
import { backFrom, firstHours, mondayToFriday } from "../../models/settings-hours.ts";
import type { Site } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { Choice, Field } from "../fields.tsx";
import { useForm } from "../form.ts";
import { FailedLine } from "../nowhere.tsx";
import { FormFoot } from "./form-foot.tsx";
import { Holidays } from "./holidays.tsx";
import { WeekGrid } from "./week-grid.tsx";

const PATIENCE = { apologise: 5, warn: 25, end: 30 };

/** When the team answers, and what is said to who waits. */
export function HoursPage() {
  const { settings } = useApp();
  const t = useSentences();
  const site = settings.site.value.value;
  const fault = settings.site.fault.value;
  return (
    <div class="settings">
      <h1>{t.sections.hours}</h1>
      <p>{t.hoursLead}</p>
      <FailedLine fault={fault} again={settings.site.fetch} />
      {site ? <HoursForm site={site} key={site.id} /> : !fault && <p class="muted">{t.loading}</p>}
    </div>
  );
}

function HoursForm({ site }: { site: Site }) {
  const { settings, toasts } = useApp();
  const t = useSentences();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const some = useSignal(Boolean(site.hours));
  const hours = useSignal<OpeningHours>(site.hours ?? firstHours(own));
  const patience = useSignal(site.patience ?? PATIENCE);
  const form = useForm(async () => {
    const fault = await settings.changeSite({ hours: some.value ? hours.value : null, patience: patience.value });
    if (!fault) toasts.show((t) => t.saved);
    return fault;
  });
  const change = (changed: OpeningHours) => {
    hours.value = changed;
  };
  return (
    <form class="form-grid" onSubmit={form.submit}>
      <Choice
        label={t.hoursWhen}
        visible
        options={[
          { id: "always", text: t.hoursAlways },
          { id: "some", text: t.hoursSome },
        ]}
        value={some.value ? "some" : "always"}
        onChange={(id) => (some.value = id === "some")}
      />
      {some.value && (
        <>
          <Field label={t.hoursZone}>
            {(field) => (
              <select
                {...field}
                class="field"
                value={hours.value.zone}
                onChange={(event) => change({ ...hours.value, zone: event.currentTarget.value })}
              >
                {zonesWith(hours.value.zone).map((zone) => (
                  <option key={zone} value={zone}>
                    {zone.replaceAll("_", " ")}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <section>
            <h2>{t.hoursWeek}</h2>
            <WeekGrid hours={hours.value} change={change} />
            <p>
              <button
                type="button"
                class="btn btn-quiet btn-sm btn-flush"
                onClick={() => change(mondayToFriday(hours.value))}
              >
                {t.copyMonday}
              </button>
            </p>
          </section>
          <section>
            <h2>{t.holidays}</h2>
            <Holidays all={hours.value.holidays ?? []} change={(holidays) => change({ ...hours.value, holidays })} />
          </section>
        </>
      )}
      <Preview hours={some.value ? hours.value : undefined} />
      <section>
        <h2>{t.patience}</h2>
        <p class="muted">{t.patienceLead}</p>
        <div class="patience">
          {(["apologise", "warn", "end"] as const).map((stage) => (
            <label key={stage}>
              <span class="small muted">
                {{ apologise: t.patienceApologise, warn: t.patienceWarn, end: t.patienceEnd }[stage]}
              </span>
              <input
                class="field num"
                type="number"
                min={1}
                max={1440}
                required
                value={patience.value[stage]}
                onInput={({ currentTarget: { valueAsNumber: minutes } }) => {
                  if (minutes > 0) patience.value = { ...patience.value, [stage]: Math.round(minutes) };
                }}
              />
            </label>
          ))}
        </div>
      </section>
      <FormFoot form={form} />
    </form>
  );
}

/** What somebody who came now would read; as one types. */
function Preview({ hours }: { hours: OpeningHours | undefined }) {
  const { clock, locale } = useApp();
  const t = useSentences();
  const { open, when } = hours ? backFrom(hours, clock.now.value, locale.value) : { open: true, when: undefined };
  return (
    <p class="once" role="status">
      <span class="small muted">{t.previewNow}</span>
      <span class="strong">{open ? t.previewOnline : when ? t.previewBack(when) : t.previewNever}</span>
      {when && <span class="small muted">{t.previewYours}</span>}
    </p>
  );
}

function zonesWith(zone: string): string[] {
  const all = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((one) => one !== "UTC")];
  return all.includes(zone) ? all : [zone, ...all];
}
