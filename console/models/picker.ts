import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AgentCard } from "../../protocol/people.ts";
import type { Http } from "../ports.ts";
import type { List, SavedReply, Suggested } from "../resources.ts";
import type { KnowledgeFigures } from "./knowledge-figures.ts";
import { createOfSite } from "./of-site.ts";
import type { Session } from "./session.ts";
import type { PickerKind, Trigger } from "./trigger.ts";

const ASK_AFTER_MS = 120;
const SHOWN = 6;
/** How much of a chance the site's hottest article is ahead. */
const HEAT_WORTH = 0.1;
/** And never more than a part of its own: what does not fit is not made to by being hot. */
const HEAT_SHARE = 0.5;

export type Choice =
  | { readonly kind: "article"; readonly article: Suggested }
  | { readonly kind: "reply"; readonly reply: SavedReply }
  | { readonly kind: "mention"; readonly agent: AgentCard };

/** The list that grows out of the composer. */
export interface Picker {
  readonly trigger: Signal<Trigger | undefined>;
  readonly kind: ReadonlySignal<PickerKind | undefined>;
  readonly choices: ReadonlySignal<readonly Choice[]>;
  readonly chosen: Signal<number>;
  readonly previewed: Signal<Suggested | undefined>;
  /** How many saved replies there are in all. */
  readonly total: ReadonlySignal<number>;
  /** Shows an article above the list, or takes it away again. */
  preview(article: Suggested): void;
  /** Closes until another word is begun. */
  dismiss(): void;
  dispose(): void;
}

export function createPicker(
  http: Http,
  session: Session,
  replies: ReadonlySignal<readonly SavedReply[]>,
  figures: Pick<KnowledgeFigures, "of" | "fetch">,
): Picker {
  const trigger = signal<Trigger>();
  const dismissed = signal<number>();
  const articles = createOfSite<readonly Suggested[]>(session, []);
  const chosen = signal(0);
  const previewed = signal<Suggested>();

  const active = computed(() => (trigger.value?.from === dismissed.value ? undefined : trigger.value));
  const kind = computed(() => active.value?.kind);
  const query = computed(() => active.value?.query ?? "");
  const choices = computed((): readonly Choice[] => {
    switch (kind.value) {
      case "article":
        return ranked(articles.value, query.value === "", (id) => figures.of.value.get(id)?.heat ?? 0)
          .slice(0, SHOWN)
          .map((article) => ({ kind: "article", article }));
      case "reply":
        return found(replies.value, query.value, ({ name, text }) => `${name} ${text}`).map((reply) => ({
          kind: "reply",
          reply,
        }));
      case "mention":
        return found(session.colleagues.value, query.value, ({ name }) => name)
          .filter(({ id }) => id !== session.agent.value?.id)
          .map((agent) => ({ kind: "mention", agent }));
      default:
        return [];
    }
  });

  const stops = [
    effect(() => {
      // Begun anew: what was dismissed before is forgotten.
      if (trigger.value === undefined) dismissed.value = undefined;
    }),
    effect(() => {
      void [kind.value, query.value];
      chosen.value = 0;
      previewed.value = undefined;
    }),
    effect(() => {
      if (kind.value === "article") void figures.fetch();
    }),
    effect(() => {
      const site = session.site.value?.id;
      const q = query.value;
      if (kind.value !== "article" || !site) return;
      const abort = new AbortController();
      const timer = setTimeout(async () => {
        // Before anything is typed: what is needed most these days.
        const path = q ? `suggest?q=${encodeURIComponent(q)}` : "articles/needed";
        const answer = await http<List<Suggested>>("GET", `/api/sites/${site}/${path}`, undefined, abort.signal);
        if (!answer.ok || abort.signal.aborted) return;
        const items = answer.value.items.map((article) => ({ ...article, score: article.score ?? 0 }));
        articles.put(items, site);
      }, ASK_AFTER_MS);
      return () => {
        clearTimeout(timer);
        abort.abort();
      };
    }),
  ];

  return {
    trigger,
    kind,
    choices,
    chosen,
    previewed,
    total: computed(() => replies.value.length),
    preview(article) {
      previewed.value = previewed.peek()?.id === article.id ? undefined : article;
    },
    dismiss() {
      dismissed.value = trigger.peek()?.from;
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}

/** Of two that fit about as well, the one that people need these days is the likelier. Without words only heat counts. */
function ranked(found: readonly Suggested[], anything: boolean, heatOf: (id: string) => number): readonly Suggested[] {
  if (anything) return found.toSorted((one, other) => heatOf(other.id) - heatOf(one.id));
  const worth = ({ id, score }: Suggested) => score + Math.min(HEAT_WORTH, HEAT_SHARE * score) * heatOf(id);
  return found.toSorted((one, other) => worth(other) - worth(one));
}

function found<T>(all: readonly T[], query: string, textOf: (one: T) => string): readonly T[] {
  const wanted = query.toLowerCase();
  return all.filter((one) => textOf(one).toLowerCase().includes(wanted)).slice(0, SHOWN);
}
