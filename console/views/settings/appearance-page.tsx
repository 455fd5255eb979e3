import { useSignal } from "@preact/signals";
import { brandOf, contrast } from "../../../ui/brand.ts";
import { Icon } from "../../../ui/icon.tsx";
import { moon, smartphone, sun } from "../../../ui/icons.ts";
import type { Mode, Site, Theme } from "../../resources.ts";
import { useForm } from "../auth/form.ts";
import { useApp, useSentences } from "../context.ts";
import { Choice, Field, TextField } from "../fields.tsx";
import { type Looks, Preview } from "./preview.tsx";

const OUR_COLOUR = "#0a6370";
const SWATCHES = [OUR_COLOUR, "#1f4e9c", "#20382b", "#b5532a", "#8f2d54", "#16191d"];
const MODES = ["self-service", "neutral", "ask-first"] as const satisfies Mode[];
const THEMES = ["auto", "light", "dark"] as const;
const CORNERS = ["left", "right"] as const;
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
      {fault ? <p class="form-wrong">{t.failed(fault.message)}</p> : <p class="muted">{t.loading}</p>}
    </div>
  );
}

function AppearanceForm({ site }: { site: Site }) {
  const { settings, toasts, session } = useApp();
  const t = useSentences();
  const theme = useSignal<Theme>(site.theme ?? {});
  const mode = useSignal<Mode>(site.mode ?? "neutral");
  const greeting = useSignal(site.greeting ?? "");
  const logo = useSignal(site.logo ?? "");
  const dark = useSignal(false);
  const phone = useSignal(false);
  const may = session.agent.value?.role !== "agent";
  const change = (part: Theme) => {
    theme.value = { ...theme.value, ...part };
  };
  const form = useForm(
    async () => {
      const fault = await settings.changeSite({
        theme: theme.value,
        mode: mode.value,
        greeting: greeting.value.trim(),
        logo: logo.value.trim(),
      });
      if (!fault) toasts.show((t) => t.saved);
      return fault;
    },
    ({ message }, t) => t.failed(message),
  );
  const discard = () => {
    theme.value = site.theme ?? {};
    mode.value = site.mode ?? "neutral";
    greeting.value = site.greeting ?? "";
    logo.value = site.logo ?? "";
  };
  const brand = theme.value.brand ?? OUR_COLOUR;
  const { onFill } = brandOf(brand);
  const looks: Looks = {
    theme: theme.value,
    mode: mode.value,
    greeting: greeting.value.trim(),
    logo: logo.value.trim(),
  };
  const saved = {
    theme: site.theme ?? {},
    mode: site.mode ?? "neutral",
    greeting: site.greeting ?? "",
    logo: site.logo ?? "",
  };
  const changed = JSON.stringify(looks) !== JSON.stringify(saved);
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
            value={mode.value}
            onChange={(chosen) => (mode.value = chosen)}
          />
          <p class="hint">{t.twoClicks}</p>
        </div>
        <div class="form-row">
          <Choice
            label={t.widgetTheme}
            visible
            options={THEMES.map((id) => ({ id, text: t.themes[id] }))}
            value={theme.value.mode ?? "auto"}
            onChange={(chosen) => change({ mode: chosen })}
          />
          <Choice
            label={t.corner}
            visible
            options={CORNERS.map((id) => ({ id, text: t.corners[id] }))}
            value={theme.value.position ?? "right"}
            onChange={(chosen) => change({ position: chosen })}
          />
        </div>
        <div class="form-row">
          <Distance label={t.fromSide} at={0} theme={theme.value} onChange={change} />
          <Distance label={t.fromBottom} at={1} theme={theme.value} onChange={change} />
        </div>
        <TextField
          label={t.greeting}
          hint={`${t.greetingHint} ${t.ofCharacters(greeting.value.length, GREETING_LENGTH)}`}
          value={greeting.value}
          onText={(text) => (greeting.value = text)}
        />
        <TextField label={t.logo} hint={t.logoHint} value={logo.value} onText={(text) => (logo.value = text)} />
        {form.wrong && (
          <p class="form-wrong" role="alert">
            {form.wrong}
          </p>
        )}
        <p class="appearance-save">
          <span class="small muted">{changed && t.notSavedYet}</span>
          <button type="button" class="btn btn-ghost" disabled={!changed} onClick={discard}>
            {t.discard}
          </button>
          <button type="submit" class="btn btn-primary" disabled={form.busy || !may || !changed}>
            {t.save}
          </button>
        </p>
      </form>
      <section class="preview" aria-label={t.previewTitle}>
        <div class="preview-bar">
          <Choice
            label={t.widgetTheme}
            small
            options={[
              { id: "light", text: <Named d={sun} name={t.themes.light} /> },
              { id: "dark", text: <Named d={moon} name={t.themes.dark} /> },
            ]}
            value={dark.value ? "dark" : "light"}
            onChange={(chosen) => (dark.value = chosen === "dark")}
          />
          <button
            type="button"
            class="btn btn-ghost btn-sm"
            aria-pressed={phone.value}
            aria-label={t.onPhone}
            onClick={() => (phone.value = !phone.value)}
          >
            <Icon d={smartphone} size={16} />
          </button>
        </div>
        <Preview site={site.key} looks={looks} dark={dark.value} phone={phone.value} />
      </section>
    </div>
  );
}

/** A drawing with its name for those who do not see it. */
function Named({ d, name }: { d: string; name: string }) {
  return (
    <>
      <Icon d={d} size={16} />
      <span class="sr">{name}</span>
    </>
  );
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
