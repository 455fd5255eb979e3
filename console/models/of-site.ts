import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Session } from "./session.ts";

/** What is known about the site that is chosen; of every other one it is `none`, until that one's is put here. */
export type OfSite<T> = ReadonlySignal<T> & {
  /** Takes what was asked of a site, unless another one is chosen by now. */
  put(value: T, site: string | undefined): void;
};

/** Kept until the next site's comes, what one site has would stand on the other's page for ever where that never comes. */
export function createOfSite<T>(session: Pick<Session, "site">, none: T): OfSite<T> {
  const held = signal<{ readonly site: string | undefined; readonly value: T }>();
  const site = computed(() => session.site.value?.id);
  const shown = computed(() => (held.value && held.value.site === site.value ? held.value.value : none));
  return Object.assign(shown, {
    put(value: T, of: string | undefined) {
      if (of === site.peek()) held.value = { site: of, value };
    },
  });
}
