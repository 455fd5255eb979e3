import { useSignal } from "@preact/signals";
import { brandOf, contrast } from "../../../ui/brand.ts";
import type { Labels, Mode, Site, Theme } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { Choice, Field, TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { FailedLine } from "../nowhere.tsx";
import { BellText } from "./bell-text.tsx";
import { FormFoot } from "./form-foot.tsx";
import { type Looks, looksOf, PreviewBeside } from "./preview.tsx";

const OUR_COLOUR = "#0a6370";
const SWATCHES = [OUR_COLOUR, "#1f4e9c", "#20382b", "#b5532a", "#8f2d54", "#16191d"];
const MODES = ["self-service", "neutral", "ask-first"] as const satisfies Mode[];
const THEMES = ["auto", "light", "dark"] as const;
const CORNERS = ["left", "right"] as const;
const FACES = ["photos", "initials"] as const;
/** As many as the server takes. */
const GREETING_LENGTH = 200;
const EDGE_PX = 20;
const MOST_PX = 400;

/** How the widget looks, beside the widget itself. */
export function AppearancePage() {
  const { settings } = useApp();
  const t = useSentences();
  const site = settings.site.value.value;
  const fault = settings.site.fault.value;
  if (site) return <AppearanceForm site={site} key={site.id} />;
  return (
    <div class="settings">
      <h1>{t.appearanceTitle}</h1>
      <FailedLine fault={fault} again={settings.site.fetch} />
      {!fault && <p class="muted">{t.loading}</p>}
    </div>
  );
}

function AppearanceForm({ site }: { site: Site }) {
  const { settings, toasts } = useApp();
  const t = useSentences();
  const saved = looksOf(site);
  const looks = useSignal<Looks>(saved);
  const set = (part: Partial<Looks>) => {
    looks.value = { ...looks.value, ...part };
  };
  const change = (part: Theme) => set({ theme: { ...looks.value.theme, ...part } });
  const form = useForm(async () => {
    const { greeting, logo } = looks.value;
    set({ greeting: greeting.trim(), logo: logo.trim(), labels: withoutEmpty(looks.value.labels) });
    const fault = await settings.changeSite(looks.value);
    if (!fault) toasts.show((t) => t.saved);
    return fault;
  });
  const { theme, mode, greeting, logo, labels } = looks.value;
  const brand = theme.brand ?? OUR_COLOUR;
  const { onFill } = brandOf(brand);
  const changed = JSON.stringify(looks.value) !== JSON.stringify(saved);
  return (
    <div class="appearance">
      <form class="settings form-grid" onSubmit={form.submit}>
        <div>
          <h1>{t.appearanceTitle}</h1>
          <p class="muted">{t.appearanceLead}</p>
        </div>
        <Field label={t.brandColour} hint={t.contrastOf(onFill === "#ffffff", contrast(brand, onFill).toFixed(1))}>
          {(field) => (
            <div class="colour">
              <input
                {...field}
                class="chip-colour"
                type="color"
                value={brand}
                onInput={(event) => change({ brand: event.currentTarget.value })}
              />
              <code class="muted">{brand}</code>
              {SWATCHES.map((colour) => (
                <button
                  key={colour}
                  type="button"
                  class="swatch"
                  style={{ backgroundColor: colour }}
                  aria-label={colour}
                  aria-pressed={colour === brand}
                  onClick={() => change({ brand: colour })}
                />
              ))}
            </div>
          )}
        </Field>
        <div>
          <Choice
            label={t.howItOpens}
            visible
            options={MODES.map((id) => ({ id, text: t.modes[id] }))}
            value={mode}
            onChange={(chosen) => set({ mode: chosen })}
          />
          <p class="hint">{t.twoClicks}</p>
        </div>
        <div class="form-row">
          <Choice
            label={t.widgetTheme}
            visible
            options={THEMES.map((id) => ({ id, text: t.themes[id] }))}
            value={theme.mode ?? "auto"}
            onChange={(chosen) => change({ mode: chosen })}
          />
          <Choice
            label={t.corner}
            visible
            options={CORNERS.map((id) => ({ id, text: t.corners[id] }))}
            value={theme.position ?? "right"}
            onChange={(chosen) => change({ position: chosen })}
          />
        </div>
        <div class="form-row">
          <Distance label={t.fromSide} at={0} theme={theme} onChange={change} />
          <Distance label={t.fromBottom} at={1} theme={theme} onChange={change} />
        </div>
        <BellText labels={labels} locales={site.locales} onChange={(labels) => set({ labels })} />
        <div>
          <Choice
            label={t.faces}
            visible
            options={FACES.map((id) => ({ id, text: t.facesOf[id] }))}
            value={theme.faces ?? "photos"}
            onChange={(chosen) => change({ faces: chosen })}
          />
          <p class="hint">{t.facesHint}</p>
        </div>
        <TextField
          label={t.greeting}
          hint={`${t.greetingHint} ${t.ofCharacters(greeting.length, GREETING_LENGTH)}`}
          value={greeting}
          onText={(text) => set({ greeting: text })}
        />
        <TextField label={t.logo} hint={t.logoHint} value={logo} onText={(text) => set({ logo: text })} />
        <FormFoot
          form={form}
          idle={!changed}
          class="appearance-save"
          before={
            <>
              <span class="small muted">{changed && t.notSavedYet}</span>
              <button type="button" class="btn btn-ghost" disabled={!changed} onClick={() => set(saved)}>
                {t.discard}
              </button>
            </>
          }
        />
      </form>
      <PreviewBeside site={site} looks={looks.value} />
    </div>
  );
}

function withoutEmpty(labels: Labels): Labels {
  const kept = Object.entries(labels).map(([locale, text]) => [locale, text.trim()]);
  return Object.fromEntries(kept.filter(([, text]) => text));
}

/** One of the two distances from the edges, in px: `offset` is "inline,block" as the tag says it. */
function Distance(props: { label: string; at: 0 | 1; theme: Theme; onChange: (part: Theme) => void }) {
  const { label, at, theme, onChange } = props;
  const [inline = EDGE_PX, block = inline] = (theme.offset ?? "").split(",").filter(Boolean).map(Number);
  const both: [number, number] = [inline, block];
  return (
    <Field label={label}>
      {(field) => (
        <input
          {...field}
          class="field"
          type="number"
          min={0}
          max={MOST_PX}
          value={both[at]}
          onInput={({ currentTarget }) => {
            const px = Math.round(currentTarget.valueAsNumber);
            if (!(px >= 0 && px <= MOST_PX)) return;
            both[at] = px;
            onChange({ offset: both.join(",") });
          }}
        />
      )}
    </Field>
  );
}
