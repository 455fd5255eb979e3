import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { chooseLocale, type Locale } from "../../../ui/locale.ts";
import type { Wording } from "../../../ui/wording.ts";
import { languageName } from "../../models/languages.ts";
import {
  faultsOf,
  type Lines,
  linesOf,
  localesOf,
  matching,
  PLACES,
  tableOf,
  tidy,
} from "../../models/settings-wording.ts";
import type { Site } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { Field } from "../fields.tsx";
import { useForm } from "../form.ts";
import { FailedLine } from "../nowhere.tsx";
import { FormFoot } from "./form-foot.tsx";
import { looksOf, PreviewBeside } from "./preview.tsx";
import { WordingLine } from "./wording-line.tsx";

/** What the widget says, in the owner's own words, beside the widget itself. */
export function WordingPage() {
  const { settings } = useApp();
  const t = useSentences();
  const site = settings.site.value.value;
  const fault = settings.site.fault.value;
  if (site) return <WordingForm site={site} key={site.id} />;
  return (
    <div class="settings">
      <h1>{t.sections.wording}</h1>
      <FailedLine fault={fault} again={settings.site.fetch} />
      {!fault && <p class="muted">{t.loading}</p>}
    </div>
  );
}

function WordingForm({ site }: { site: Site }) {
  const { settings, toasts, locale: tongue } = useApp();
  const t = useSentences();
  const locales = localesOf(site.locales);
  const locale = useSignal<Locale>(locales[0] ?? "en");
  const lines = useSignal<{ of: Locale; all: Lines } | undefined>(undefined);
  /** As written, by language: whoever looks at another one in between loses nothing. */
  const own = useSignal(site.wording ?? {});
  const query = useSignal("");
  const onlyOwn = useSignal(false);
  useEffect(() => {
    const of = locale.value;
    void Promise.all([tableOf(of), tableOf(chooseLocale([tongue.value]))]).then(([table, known]) => {
      if (of === locale.peek()) lines.value = { of, all: linesOf(of, table, known) };
    });
  }, [locale.value, tongue.value]);

  const all = lines.value?.of === locale.value ? lines.value.all : undefined;
  const words: Wording = own.value[locale.value] ?? {};
  const kept = all ? tidy(words, all) : words;
  const faults = faultsOf(locale.value, kept);
  const changed = JSON.stringify(sorted(kept)) !== JSON.stringify(sorted(site.wording?.[locale.value] ?? {}));
  const wrong = Object.keys(faults).length > 0;
  const form = useForm(async () => {
    const fault = await settings.changeSite({ wording: { [locale.value]: kept } });
    if (!fault) toasts.show((t) => t.saved);
    return fault;
  });
  const say = (key: string, text: string) => {
    const { [key]: _, ...others } = words;
    own.value = { ...own.value, [locale.value]: text ? { ...others, [key]: text } : others };
  };
  const shown = all && matching(all, query.value, onlyOwn.value ? kept : words, onlyOwn.value);
  const some = shown && PLACES.some((place) => shown[place].length > 0);
  return (
    <div class="appearance">
      <form class="settings form-grid wording" onSubmit={form.submit}>
        <div>
          <h1>{t.sections.wording}</h1>
          <p class="muted">{t.wordingLead}</p>
        </div>
        <div class="form-row">
          <Field label={t.wordingLanguage}>
            {(field) => (
              <select
                {...field}
                class="field"
                value={locale.value}
                onChange={(event) => (locale.value = event.currentTarget.value as Locale)}
              >
                {locales.map((one) => (
                  <option key={one} value={one}>
                    {languageName(one, tongue.value)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t.wordingSearch}>
            {(field) => (
              <input
                {...field}
                class="field"
                type="search"
                dir="auto"
                value={query.value}
                onInput={(event) => (query.value = event.currentTarget.value)}
              />
            )}
          </Field>
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={onlyOwn.value}
            onChange={(event) => (onlyOwn.value = event.currentTarget.checked)}
          />
          {t.wordingOnlyOwn}
        </label>
        {!shown && <p class="muted">{t.loading}</p>}
        {shown && !some && <p class="muted">{t.wordingNone}</p>}
        {shown &&
          PLACES.filter((place) => shown[place].length > 0).map((place) => (
            <section key={place}>
              <h2>{t.places[place]}</h2>
              {shown[place].map((line) => (
                <WordingLine
                  key={line.key}
                  line={line}
                  locale={locale.value}
                  text={words[line.key] ?? ""}
                  fault={faults[line.key]}
                  onText={say}
                />
              ))}
            </section>
          ))}
        <FormFoot
          form={form}
          idle={!changed || wrong}
          class="appearance-save"
          before={
            <span class="small muted">
              {wrong ? t.wordingFix : changed ? t.notSavedYet : t.wordingOwn(Object.keys(kept).length)}
            </span>
          }
        />
      </form>
      <PreviewBeside site={site} looks={looksOf(site)} wording={wrong ? {} : kept} lang={locale.value} />
    </div>
  );
}

function sorted(wording: Wording) {
  return Object.entries(wording).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
