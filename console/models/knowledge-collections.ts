import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Http, Shelf } from "../ports.ts";
import type { ArticleState, List, Visibility } from "../resources.ts";
import { EDIT } from "./kept.ts";
import { type CollectionEdit, edited, isWhole, moveOf, saysLanguage, withEdit } from "./knowledge-collection-edits.ts";
import { type Called, trimmed } from "./knowledge-collection-names.ts";
import { createMinted } from "./minted.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";
import type { Toasts } from "./toasts.ts";

/** What was needed most this fortnight reads like a collection, and nobody arranges it. */
export const NEEDED = "needed";
/** In the address bar: one that has no name yet, and is not stored before it has. */
export const NEW = "new";
/** How often edits are done again on top of what others change, before they wait for the next one. */
const TRIES = 5;

export interface CollectedArticle {
  readonly id: string;
  readonly title: string;
  readonly locale: string;
  readonly visibility: Visibility;
  readonly state: ArticleState;
}

/** Articles in an order: a course for the team, or first steps for visitors. */
export interface Collection extends Called {
  readonly id: string;
  readonly visibility: Visibility;
  readonly articles: readonly CollectedArticle[];
}

export interface Collections {
  readonly items: ReadonlySignal<readonly Collection[]>;
  readonly needed: ReadonlySignal<readonly CollectedArticle[]>;
  /** The one in the address bar. */
  readonly current: ReadonlySignal<Collection | undefined>;
  readonly state: ReadonlySignal<"loading" | "ready">;
  readonly fault: ReadonlySignal<Fault | undefined>;
  /** The name of one that is not stored yet, as far as it is written; on this device until it is. */
  readonly begun: ReadonlySignal<string>;
  begin(name: string): void;
  /** Stores the one that was begun, and opens it. */
  create(): Promise<Fault | undefined>;
  /**
   * Changes the current one. Shown at once; where the server refuses it, everything is as it was. Where a colleague
   * changed it meanwhile, theirs stays and the edit is done again on top of it.
   */
  edit(edit: CollectionEdit): void;
  /** Puts an article of the current one elsewhere in its order. */
  move(from: number, to: number): void;
  /** Asks for all of them once more. */
  again(): void;
  remove(): Promise<void>;
  dispose(): void;
}

export function createCollections(
  http: Http,
  router: Router,
  session: Session,
  toasts: Toasts,
  shelf: Shelf,
): Collections {
  /** As the server told last. */
  const stored = signal<readonly Collection[]>([]);
  /** What is not stored yet, by collection. */
  const edits = signal<ReadonlyMap<string, readonly CollectionEdit[]>>(new Map());
  const needed = signal<readonly CollectedArticle[]>([]);
  const state = signal<"loading" | "ready">("loading");
  const fault = signal<Fault>();
  const begun = signal("");
  /** Collections whose edits are to be sent. */
  const due = new Set<string>();
  let sending = false;
  let kept = 0;
  /** Whose collections are here. */
  const minted = createMinted();
  let holds: string | undefined;

  const id = computed(() => {
    const route = router.route.value;
    return route.page === "collections" ? route.collection : undefined;
  });
  const items = computed(() => stored.value.map((one) => (edits.value.get(one.id) ?? []).reduce(edited, one)));
  const current = computed(() => items.value.find((one) => one.id === id.value));
  const shown = computed(() => (router.route.value.page === "collections" ? session.site.value?.id : undefined));

  const keep = (next: readonly Collection[]) => {
    kept += 1;
    stored.value = next;
  };
  const editsOf = (own: string) => edits.peek().get(own) ?? [];
  const setEdits = (own: string, next: readonly CollectionEdit[]) => {
    const others = [...edits.peek()].filter(([one]) => one !== own);
    edits.value = new Map(next.length > 0 ? [...others, [own, next]] : others);
  };

  /** Whether the collections have come. */
  async function fetch(): Promise<boolean> {
    const site = session.site.peek()?.id;
    if (!site) return false;
    const before = kept;
    const [all, most] = await Promise.all([
      http<List<Collection>>("GET", `/api/sites/${site}/collections`),
      http<List<CollectedArticle>>("GET", `/api/sites/${site}/articles/${NEEDED}`),
    ]);
    if (session.site.peek()?.id !== site) return false;
    batch(() => {
      state.value = "ready";
      fault.value = all.ok ? (most.ok ? undefined : most.fault) : all.fault;
      // What was stored meanwhile is newer than what was asked for.
      if (all.ok && kept === before) stored.value = all.value.items;
      if (most.ok) needed.value = most.value.items;
    });
    return all.ok;
  }

  async function store(own: string) {
    for (let tries = 1; ; tries++) {
      const before = stored.peek().find((one) => one.id === own);
      const sent = editsOf(own).filter((edit) => isWhole(edit, before?.locale));
      if (!before || sent.length === 0) return;
      const after = sent.reduce(edited, before);
      const { name, names } = after;
      // Unless somebody says it, what is put in next may still tell in which language the name is.
      const called = sent.some(saysLanguage) && { locale: after.locale, names: trimmed(names) };
      const body = { ...bodyOf(after), ...called, was: { ...bodyOf(before), names: trimmed(before.names) } };
      const answer = await http<Collection>("PUT", `/api/collections/${own}`, body);
      if (!answer.ok && answer.fault.code === "stale" && tries < TRIES && (await fetch())) continue;
      // What was not refused but never came, or came too late each time, waits for the next edit.
      const waits = !answer.ok && (answer.fault.code === "stale" || answer.fault.retry !== "never");
      const left = editsOf(own).filter((edit) => !sent.includes(edit));
      batch(() => {
        if (!waits) setEdits(own, left);
        // Another site's are here by now.
        if (!answer.ok || !stored.peek().some((one) => one.id === own)) return;
        // The names as they are being written: the server takes the space off their ends.
        const now = { ...answer.value, name, names };
        keep(stored.peek().map((one) => (one.id === own ? now : one)));
      });
      if (!answer.ok && !waits) await fetch();
      fault.value = answer.ok ? undefined : answer.fault;
      if (answer.ok && tries > 1) toasts.show((t) => t.collectionMet(name));
      return;
    }
  }

  async function send() {
    if (sending) return;
    sending = true;
    for (const own of due) {
      due.delete(own);
      await store(own);
    }
    sending = false;
  }

  function edit(next: CollectionEdit) {
    const own = current.peek()?.id;
    if (!own) return;
    setEdits(own, withEdit(editsOf(own), next));
    due.add(own);
    void send();
  }

  const begunKey = (site: string) => `${EDIT}${site}.collection`;

  /** No other site's are shown until the own ones come, or where they do not. */
  function hold(site: string) {
    if (site === holds) return;
    holds = site;
    batch(() => {
      keep([]);
      needed.value = [];
      begun.value = shelf.get(begunKey(site)) ?? "";
      state.value = "loading";
      fault.value = undefined;
    });
  }

  const stop = effect(() => {
    const site = shown.value;
    if (!site) return;
    untracked(() => {
      hold(site);
      for (const [own, some] of edits.peek()) {
        const locale = stored.peek().find((one) => one.id === own)?.locale;
        setEdits(
          own,
          some.filter((edit) => isWhole(edit, locale)),
        );
        due.add(own);
      }
      // What waits is sent on top of what has come: until then we may hold another site's.
      void fetch().then(send);
    });
  });

  return {
    items,
    needed,
    current,
    state,
    fault,
    again: () => void fetch(),
    begun,
    begin(name) {
      begun.value = name;
      if (holds) shelf.set(begunKey(holds), name.trim() === "" ? undefined : name);
    },
    async create() {
      const site = holds;
      const name = begun.peek().trim();
      if (!site || name === "") return undefined;
      const path = `/api/sites/${site}/collections`;
      const answer = await http<Collection>("POST", path, {
        id: minted.idOf(path, name),
        name,
        visibility: "internal",
        articles: [],
      });
      if (!answer.ok) return answer.fault;
      minted.done();
      shelf.set(begunKey(site), undefined);
      // Another site's are here by now.
      if (site !== holds) return undefined;
      begun.value = "";
      keep([...stored.peek(), answer.value]);
      if (id.peek() === NEW) router.go({ page: "collections", collection: answer.value.id }, { replace: true });
      return undefined;
    },
    edit,
    move(from, to) {
      const move = moveOf(current.peek()?.articles ?? [], from, to);
      if (move) edit(move);
    },
    async remove() {
      const gone = current.peek();
      if (!gone) return;
      const answer = await http("DELETE", `/api/collections/${gone.id}`);
      fault.value = answer.ok ? undefined : answer.fault;
      if (!answer.ok) return;
      setEdits(gone.id, []);
      keep(stored.peek().filter((one) => one.id !== gone.id));
      router.go({ page: "collections" });
    },
    dispose: stop,
  };
}

function bodyOf({ name, visibility, articles }: Collection) {
  return { name: name.trim(), visibility, articles: articles.map(({ id }) => id) };
}
