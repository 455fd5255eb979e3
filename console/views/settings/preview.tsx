import { useEffect, useRef } from "preact/hooks";
import type { Theme } from "../../resources.ts";
import { useSentences } from "../context.ts";

/** What the preview shows that is not saved yet. */
export interface Looks {
  readonly theme: Theme;
  readonly greeting: string;
  readonly logo: string;
  readonly mode: string;
}

/** The page's side of the widget, as far as the preview calls it. */
type Calls = ((verb: string, ...args: unknown[]) => void) & Record<string, unknown>;
type Frame = Window & typeof globalThis & { Deskbell?: Calls };

const SETTLES_MS = 200;

/**
 * The real widget on an empty page, with what is not saved yet put into its configuration as it comes. It keeps nothing:
 * it is told that nobody consents.
 */
export function Preview({ site, looks, dark, phone }: { site: string; looks: Looks; dark: boolean; phone: boolean }) {
  const t = useSentences();
  const frame = useRef<HTMLIFrameElement>(null);
  const shown = useRef(looks);
  shown.current = looks;
  useEffect(() => {
    const page = frame.current?.contentWindow as Frame | null;
    if (!page) return;
    const fetched = page.fetch.bind(page);
    page.fetch = async (asked, ...rest) => {
      const answer = await fetched(asked, ...rest);
      if (!new RegExp(`/api/widget/${site}(\\?|$)`).test(String(asked)) || !answer.ok) return answer;
      return new page.Response(JSON.stringify({ ...(await answer.json()), ...shown.current }), {
        headers: { "content-type": "application/json" },
      });
    };
    page.document.documentElement.lang = document.documentElement.lang;
    const script = page.document.createElement("script");
    script.src = new URL("/widget.js", location.origin).href;
    page.document.head.append(script);
    return () => page.Deskbell?.("destroy");
  }, [site]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const page = frame.current?.contentWindow as Frame | null;
      if (!page) return;
      page.document.documentElement.style.colorScheme = dark ? "dark" : "light";
      const begin = () => {
        const { position, mode = "auto", offset } = looks.theme;
        page.Deskbell?.("destroy");
        const theme = mode === "auto" ? (dark ? "dark" : "light") : mode;
        page.Deskbell?.("init", { site, consent: "denied", theme, position, offset, mode: looks.mode });
        page.Deskbell?.("open");
      };
      if (page.Deskbell) begin();
      else page.document.querySelector("script")?.addEventListener("load", begin, { once: true });
    }, SETTLES_MS);
    return () => clearTimeout(timer);
  }, [site, JSON.stringify(looks), dark]);
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
