import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { externalLink } from "../../../ui/icons.ts";
import type { Locale } from "../../../ui/locale.ts";
import { saidOf } from "../../../ui/snippet.ts";
import { languageName } from "../../models/languages.ts";
import { PAGES, PLATFORMS, type Platform, snippetFor } from "../../models/settings-snippets.ts";
import { localesOf } from "../../models/settings-wording.ts";
import type { Install, Site } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { CopyButton } from "./copy-button.tsx";

/** What to paste, by how the website is made, with the site's own key and the owner's choices. */
export function Snippets({ install, site }: { install: Install; site: Site | undefined }) {
  const { locale: tongue } = useApp();
  const t = useSentences();
  const platform = useSignal<Platform>("html");
  const chosen = useSignal<Locale | undefined>(undefined);
  const id = useId();
  const { theme, labels = {}, locales = [] } = site ?? {};
  const labelled = localesOf(locales).filter((one) => labels[one] !== undefined);
  const locale = chosen.value ?? labelled[0];
  const { host, key } = install;
  const said = saidOf({
    theme,
    ...(locale && { label: labels[locale] }),
    // One text alone is for pages in every language.
    ...(labelled.length > 1 && { lang: locale }),
  });
  const text = snippetFor(platform.value, { host, key, said });
  const step = (by: number) => {
    const at = (PLATFORMS.indexOf(platform.value) + by + PLATFORMS.length) % PLATFORMS.length;
    platform.value = PLATFORMS[at] ?? "html";
    document.getElementById(`${id}-${platform.value}`)?.focus();
  };
  return (
    <>
      <div
        class="platforms"
        role="tablist"
        aria-label={t.platformsLabel}
        onKeyDown={(event) => {
          const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (by) step(by * (getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1));
        }}
      >
        {PLATFORMS.map((one) => (
          <button
            key={one}
            id={`${id}-${one}`}
            type="button"
            role="tab"
            aria-selected={one === platform.value}
            aria-controls={`${id}-panel`}
            tabIndex={one === platform.value ? 0 : -1}
            onClick={() => (platform.value = one)}
          >
            {t.platforms[one]}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${platform.value}`}>
        <p class="small muted platform-where">{t.pasteWhere[platform.value]}</p>
        {labelled.length > 1 && platform.value !== "csp" && (
          <label class="inline platform-where">
            <span class="small muted">{t.pagesIn}</span>
            <select
              class="field"
              value={locale}
              onChange={(event) => (chosen.value = event.currentTarget.value as Locale)}
            >
              {labelled.map((one) => (
                <option key={one} value={one}>
                  {languageName(one, tongue.value)}
                </option>
              ))}
            </select>
          </label>
        )}
        <div class="snippet">
          <pre>
            <Coloured text={text.startsWith("<script async") ? text.replace(/ (?=src=|data-)/g, "\n  ") : text} />
          </pre>
          <CopyButton text={text} />
        </div>
        <p class="hint">
          {said.length > 0 && platform.value !== "csp" && `${t.snippetChanges} `}
          <a
            class="link inline"
            href={`${host}/docs/embedding/${PAGES[platform.value]}`}
            target="_blank"
            rel="noopener"
          >
            {t.copyMore}
            <Icon d={externalLink} size={14} />
          </a>
        </p>
      </div>
    </>
  );
}

/** Values stand out and tags stand back, as editors show them. */
function Coloured({ text }: { text: string }) {
  return (
    <>
      {text.split(/("[^"]*"|'[^']*'|<[/?!]?[\w-]*|(?<![=-])\/?>)/).map((part, at) =>
        /^["']/.test(part) ? (
          <span class="s" key={at}>
            {part}
          </span>
        ) : (
          <span class={/^(<|\/?>)/.test(part) ? "k" : undefined} key={at}>
            {part}
          </span>
        ),
      )}
    </>
  );
}
