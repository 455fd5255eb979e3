import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Conversation } from "../../protocol/conversation.ts";
import type { Http } from "../ports.ts";
import type { List, Suggested } from "../resources.ts";
import type { Sentences } from "../sentences/sentences.ts";
import { type Command, titleOf } from "./commands.ts";
import type { Inbox } from "./inbox.ts";
import type { Overlays } from "./overlays.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

const ASK_AFTER_MS = 150;
const SHOWN = 4;

export type Entry =
  | { readonly kind: "command"; readonly command: Command }
  | { readonly kind: "article"; readonly article: Suggested }
  | { readonly kind: "row"; readonly row: Conversation };

export interface Palette {
  readonly query: Signal<string>;
  readonly entries: ReadonlySignal<readonly Entry[]>;
  readonly chosen: Signal<number>;
  run(entry: Entry): void;
  dispose(): void;
}

/** One field for everything: commands, conversations in the list, articles. */
export function createPalette(
  http: Http,
  sentences: ReadonlySignal<Sentences>,
  commands: readonly Command[],
  session: Session,
  router: Router,
  inbox: Inbox,
  overlays: Overlays,
): Palette {
  const query = signal("");
  const chosen = signal(0);
  const articles = signal<readonly Suggested[]>([]);
  const wanted = computed(() => query.value.trim().toLowerCase());
  const open = computed(() => overlays.open.value === "palette");

  const entries = computed((): readonly Entry[] => {
    const asked = wanted.value;
    const able = commands.filter(
      (command) =>
        command.id !== "palette" &&
        command.when() &&
        titleOf(command.id, sentences.value).toLowerCase().includes(asked),
    );
    const rows = asked
      ? inbox.rows.value
          .filter((row) => `${row.visitor?.name ?? ""} ${row.subject ?? ""}`.toLowerCase().includes(asked))
          .slice(0, SHOWN)
      : [];
    const group = (wanted: Command["group"]) =>
      able.filter((command) => command.group === wanted).map((command): Entry => ({ kind: "command", command }));
    return [
      ...group("conversation"),
      ...rows.map((row): Entry => ({ kind: "row", row })),
      ...(asked ? articles.value.map((article): Entry => ({ kind: "article", article })) : []),
      ...group("go"),
    ];
  });

  const stops = [
    effect(() => {
      if (open.value) return;
      query.value = "";
      articles.value = [];
    }),
    effect(() => {
      void wanted.value;
      chosen.value = 0;
    }),
    effect(() => {
      const q = wanted.value;
      const site = session.site.value?.id;
      if (!open.value || !q || !site) return;
      const abort = new AbortController();
      const timer = setTimeout(async () => {
        const path = `/api/sites/${site}/suggest?q=${encodeURIComponent(q)}`;
        const answer = await http<List<Suggested>>("GET", path, undefined, abort.signal);
        if (answer.ok && !abort.signal.aborted) articles.value = answer.value.items.slice(0, SHOWN);
      }, ASK_AFTER_MS);
      return () => {
        clearTimeout(timer);
        abort.abort();
      };
    }),
  ];

  return {
    query,
    entries,
    chosen,
    run(entry) {
      overlays.close();
      if (entry.kind === "command") entry.command.run();
      else if (entry.kind === "article") router.go({ page: "knowledge", article: entry.article.id });
      else router.go({ page: "inbox", view: inbox.view.peek(), conversation: entry.row.id });
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
