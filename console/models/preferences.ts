import { effect, type Signal, signal } from "@preact/signals";
import type { Shelf } from "../ports.ts";
import { readJson } from "../shelf.ts";

export type Theme = "auto" | "light" | "dark";
export type Tongue = "auto" | "en" | "zh-Hans";

/** What one person likes, on this device. */
export interface Preferences {
  readonly theme: Signal<Theme>;
  readonly tongue: Signal<Tongue>;
  /** Single-key shortcuts (WCAG 2.1.4: it must be possible to turn them off). */
  readonly letters: Signal<boolean>;
  /** The site whose inbox is shown. */
  readonly site: Signal<string | undefined>;
  dispose(): void;
}

interface Kept {
  readonly theme?: Theme;
  readonly tongue?: Tongue;
  readonly letters?: boolean;
  readonly site?: string;
}

const KEY = "preferences";

export function createPreferences(shelf: Shelf): Preferences {
  const kept = readJson<Kept>(shelf, KEY) ?? {};
  const theme = signal<Theme>(kept.theme ?? "auto");
  const tongue = signal<Tongue>(kept.tongue ?? "auto");
  const letters = signal(kept.letters ?? true);
  const site = signal(kept.site);
  const dispose = effect(() => {
    const now = { theme: theme.value, tongue: tongue.value, letters: letters.value, site: site.value };
    shelf.set(KEY, JSON.stringify(now));
  });
  return { theme, tongue, letters, site, dispose };
}
