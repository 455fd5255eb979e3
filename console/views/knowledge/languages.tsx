import { Icon } from "../../../ui/icon.tsx";
import { clock as clockIcon } from "../../../ui/icons.ts";
import type { Translation } from "../../models/knowledge-translations.ts";
import { languageName, shortLanguage } from "../../models/languages.ts";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";
import { Link } from "../link.tsx";

/** An article's languages in a list, with a mark on those that are older than the original. */
export function Languages({ id, locale }: { id: string; locale: string }) {
  const { translations } = useApp();
  const t = useSentences();
  const group = translations.of.value.get(id);
  if (!group) return <span class="lang">{shortLanguage(locale)}</span>;
  const own = group.find((one) => one.id === id);
  return (
    <span class="inline langs">
      {[...(own ? [own] : []), ...group.filter((one) => one !== own)].map((one) => (
        <Link
          key={one.id}
          class={`lang${one.behind ? " lang-behind" : ""}${one.state === "draft" ? " lang-draft" : ""}`}
          to={{ page: "knowledge", article: one.id }}
          title={labelOf(one)}
          aria-label={`${shortLanguage(one.locale)}, ${labelOf(one)}`}
        >
          {shortLanguage(one.locale)}
          {one.behind && <Icon d={clockIcon} size={12} />}
        </Link>
      ))}
    </span>
  );

  function labelOf(one: Translation): string {
    const marks = [one.behind && t.behind, one.state === "draft" && t.draft].filter(Boolean);
    return [languageName(one.locale), ...marks].join(" · ");
  }
}

/** The languages of the article in the editor as tabs, and the way to one more. */
export function LanguageTabs() {
  const { translations, editor } = useApp();
  const t = useSentences();
  const saved = editor.saved.value;
  const group = saved && translations.of.value.get(saved.id);
  const missing = translations.missing.value;
  if (!saved || (!group && missing.length === 0)) return null;
  const shown = group ?? [
    { id: saved.id, locale: saved.locale, title: saved.title, state: saved.state, original: true, behind: false },
  ];
  return (
    <nav class="filters language-tabs" aria-label={t.languageColumn}>
      {shown.map((one) => (
        <Link
          key={one.id}
          class="tab"
          to={{ page: "knowledge", article: one.id }}
          aria-current={one.id === saved.id ? "page" : undefined}
        >
          {languageName(one.locale)}
          {one.behind && <span class="badge badge-warn">{t.behind}</span>}
        </Link>
      ))}
      {missing.length > 0 && (
        <select
          class="field language-add"
          aria-label={t.addLanguage}
          value=""
          onChange={(event) => {
            if (event.currentTarget.value) void translations.begin(event.currentTarget.value);
          }}
        >
          <option value="">{t.addLanguage}</option>
          {missing.map((locale) => (
            <option value={locale} key={locale}>
              {languageName(locale)}
            </option>
          ))}
        </select>
      )}
      {translations.fault.value && (
        <span class="form-wrong" role="alert">
          {saidOf(translations.fault.value, t)}
        </span>
      )}
    </nav>
  );
}
