import { batch, effect, type Signal, signal } from "@preact/signals";
import type { Shelf } from "../ports.ts";
import { readJson, shelfOf } from "../shelf.ts";

export type Theme = "auto" | "light" | "dark";
export type Tongue = "auto" | "en" | "zh-Hans";

/** What one person likes, on this device. */
export interface Preferences {
  readonly theme: Signal<Theme>;
  readonly tongue: Signal<Tongue>;
  /** Single-key shortcuts (WCAG 2.1.4: it must be possible to turn them off). */
  readonly letters: Signal<boolean>;
  /** Whether it rings when somebody begins to wait. */
  readonly sound: Signal<boolean>;
  /** Whether the system tells of it, too, while one looks elsewhere. */
  readonly notices: Signal<boolean>;
  /** Not there for visitors. */
  readonly away: Signal<boolean>;
  /** The site whose inbox is shown. */
  readonly site: Signal<string | undefined>;
  /**
   * Puts on what an agent likes. Before anybody is known the page wears what whoever was in last likes; after somebody
   * signed out (`undefined`), nobody's.
   */
  wear(agent: string | undefined): void;
  dispose(): void;
}

interface Kept {
  readonly theme?: Theme;
  readonly tongue?: Tongue;
  readonly letters?: boolean;
  readonly sound?: boolean;
  readonly notices?: boolean;
  readonly away?: boolean;
  readonly site?: string;
}

const KEY = "preferences";
const LAST = "last";

export function createPreferences(shelf: Shelf): Preferences {
  let agent = shelf.get(LAST);
  const kept = (): Kept => readJson<Kept>(agent === undefined ? shelf : shelfOf(shelf, agent), KEY) ?? {};
  const first = kept();
  const theme = signal<Theme>(first.theme ?? "auto");
  const tongue = signal<Tongue>(first.tongue ?? "auto");
  const letters = signal(first.letters ?? true);
  const sound = signal(first.sound ?? true);
  const notices = signal(first.notices ?? false);
  const away = signal(first.away ?? false);
  const site = signal(first.site);

  function keep() {
    const [looks, habits, calls] = [
      { theme: theme.value, tongue: tongue.value },
      { letters: letters.value, away: away.value },
      { sound: sound.value, notices: notices.value },
    ];
    const now = { ...looks, ...habits, ...calls, site: site.value };
    if (agent !== undefined) shelfOf(shelf, agent).set(KEY, JSON.stringify(now));
  }

  return {
    theme,
    tongue,
    letters,
    sound,
    notices,
    away,
    site,
    wear(next) {
      if (next === agent) return;
      // What was kept before preferences had a name on them goes to whoever comes first.
      const unnamed = agent === undefined ? kept() : {};
      agent = next;
      shelf.set(LAST, next);
      shelf.set(KEY, undefined);
      const own = next === undefined ? {} : { ...unnamed, ...kept() };
      batch(() => {
        theme.value = own.theme ?? "auto";
        tongue.value = own.tongue ?? "auto";
        letters.value = own.letters ?? true;
        sound.value = own.sound ?? true;
        notices.value = own.notices ?? false;
        away.value = own.away ?? false;
        site.value = own.site;
      });
      keep();
    },
    dispose: effect(keep),
  };
}
