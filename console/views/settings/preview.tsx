import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { moon, smartphone, sun } from "../../../ui/icons.ts";
import { chooseLocale } from "../../../ui/locale.ts";
import { bellColourOf } from "../../../ui/snippet.ts";
import type { Wording } from "../../../ui/wording.ts";
import type { Labels, Mode, Site, Theme } from "../../resources.ts";
import { useSentences } from "../context.ts";
import { Choice } from "../fields.tsx";

/** What the preview shows that is not saved yet. */
export interface Looks {
  readonly theme: Theme;
  readonly mode: Mode;
  readonly greeting: string;
  readonly logo: string;
  readonly labels: Labels;
}

export function looksOf({ theme = {}, mode = "neutral", greeting = "", logo = "", labels = {} }: Site): Looks {
  return { theme, mode, greeting, logo, labels };
}

/** The page's side of the widget, as far as the preview calls it. */
type Calls = ((verb: string, ...args: unknown[]) => void) & Record<string, unknown>;
type Frame = Window & typeof globalThis & { Deskbell?: Calls };

interface Shown {
  readonly site: Site;
  readonly looks: Looks;
  /** The owner's own words, and in which language they are shown; else the saved ones, in the console's. */
  readonly wording?: Wording;
  readonly lang?: string;
}

const SETTLES_MS = 200;

/** The widget beside a form, in the light or in the dark, on a desk or in a hand. */
export function PreviewBeside(shown: Shown) {
  const t = useSentences();
  const dark = useSignal(false);
  const phone = useSignal(false);
  return (
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
      <Preview {...shown} dark={dark.value} phone={phone.value} />
    </section>
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

/**
 * The real widget on an empty page, with what is not saved yet put into its configuration as it comes. It keeps nothing:
 * it is told that nobody consents.
 */
function Preview(props: Shown & { dark: boolean; phone: boolean }) {
  const { site, looks, wording, lang = document.documentElement.lang, dark, phone } = props;
  const t = useSentences();
  const frame = useRef<HTMLIFrameElement>(null);
  const { labels, ...rest } = looks;
  const shown = useRef({});
  const bell = useRef(JSON.stringify(labels));
  const greeting = wording?.["home.greeting"] || looks.greeting;
  shown.current = { ...rest, ...(greeting && { greeting }), ...(wording && { wording }) };
  useEffect(() => {
    const page = frame.current?.contentWindow as Frame | null;
    if (!page) return;
    const fetched = page.fetch.bind(page);
    page.fetch = async (asked, ...more) => {
      const answer = await fetched(asked, ...more);
      if (!new RegExp(`/api/widget/${site.key}(\\?|$)`).test(String(asked)) || !answer.ok) return answer;
      return new page.Response(JSON.stringify({ ...(await answer.json()), ...shown.current }), {
        headers: { "content-type": "application/json" },
      });
    };
    const script = page.document.createElement("script");
    script.src = new URL("/widget.js", location.origin).href;
    page.document.head.append(script);
    return () => page.Deskbell?.("destroy");
  }, [site.key]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const page = frame.current?.contentWindow as Frame | null;
      if (!page) return;
      page.document.documentElement.style.colorScheme = dark ? "dark" : "light";
      page.document.documentElement.lang = lang;
      const begin = () => {
        const { brand, position, mode = "auto", offset } = looks.theme;
        page.Deskbell?.("destroy");
        page.Deskbell?.("init", {
          site: site.key,
          lang,
          consent: "denied",
          theme: mode === "auto" ? (dark ? "dark" : "light") : mode,
          label: labels[chooseLocale([lang])] ?? Object.values(labels)[0],
          color: brand && bellColourOf(brand),
          position,
          offset,
          mode: looks.mode,
        });
        // An open panel has no text beside its bell.
        const said = JSON.stringify(labels);
        if (said === bell.current) page.Deskbell?.("open");
        bell.current = said;
      };
      if (page.Deskbell) begin();
      else page.document.querySelector("script")?.addEventListener("load", begin, { once: true });
    }, SETTLES_MS);
    return () => clearTimeout(timer);
  }, [site.key, JSON.stringify([looks, wording]), lang, dark]);
  return (
    <div class="preview-room">
      <iframe
        ref={frame}
        class={phone ? "preview-frame preview-phone" : "preview-frame"}
        data-dark={dark}
        title={t.previewTitle}
      />
    </div>
  );
}
