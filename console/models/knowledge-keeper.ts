import { type ReadonlySignal, signal } from "@preact/signals";
import type { AgentCard } from "../../protocol/people.ts";
import type { Http, Shelf } from "../ports.ts";
import { readJson } from "../shelf.ts";
import type { ArticleText } from "./article-text.ts";
import { EDIT } from "./kept.ts";

/** A pause in typing, after which the text goes to the server. */
const KEEP_AFTER_MS = 1_000;
const AGAIN_AFTER_MS = 10_000;

export type UnsavedText = Omit<ArticleText, "state">;

/** Which article is meant: its id or `new`, of a site. */
export interface Place {
  readonly site: string;
  readonly article: string;
}

/** What was written and not saved. `base` is when the article was saved that it began from. */
export interface Unsaved {
  readonly text: UnsavedText;
  readonly at: string;
  readonly base?: string;
}

/** Who else writes an article, and how it stands. */
export interface Around {
  readonly others: readonly { readonly agent: AgentCard; readonly at: string }[];
  readonly article?: { readonly updatedAt: string; readonly by?: { readonly id: string; readonly name: string } };
}

/** Where unsaved text lies: nowhere, on its way, on the server since a time, or on this device alone. */
export type Kept = "nothing" | "keeping" | "here" | { readonly at: string };

/** Keeps unsaved text: on this device at once, on the server after a pause. It is this agent's alone. */
export interface Keeper {
  readonly kept: ReadonlySignal<Kept>;
  /** As of the last answer. */
  readonly around: ReadonlySignal<Around | undefined>;
  /** The newest unsaved text, wherever it lies. Forgets what was known of another place. */
  find(place: Place): Promise<Unsaved | undefined>;
  put(place: Place, text: UnsavedText, base: string | undefined): void;
  drop(place: Place): Promise<void>;
  /** Asks how things stand. */
  look(place: Place): Promise<Around | undefined>;
  /** Sends now what waits. */
  flush(): void;
  dispose(): void;
}

export function createKeeper(http: Http, shelf: Shelf, now: () => number): Keeper {
  const kept = signal<Kept>("nothing");
  const around = signal<Around>();
  let waiting: { readonly place: Place; readonly unsaved: Unsaved } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  let under: Promise<unknown> = Promise.resolve();
  /** Whose answers are shown: an older place's come too late. */
  let shown: string | undefined;

  const pathOf = ({ site, article }: Place) => `/api/sites/${site}/drafts/${article}`;
  const keyOf = ({ site, article }: Place) => (article === "new" ? `${EDIT}${site}.new` : EDIT + article);

  /** One after another: an older text must not overtake a newer one, nor come after its end. */
  function after<T>(call: () => Promise<T>): Promise<T> {
    const done = under.then(call);
    under = done;
    return done;
  }

  async function send() {
    clearTimeout(timer);
    const sent = waiting;
    if (!sent) return;
    const { place, unsaved } = sent;
    const { text, base } = unsaved;
    const path = pathOf(place);
    const body = { text, ...(base !== undefined && { base }) };
    const answer = await after(() => http<Around & { at: string }>("PUT", path, body));
    const newer = waiting !== sent;
    if (!newer) waiting = undefined;
    if (answer.ok && !newer) shelf.set(keyOf(place), undefined);
    if (path !== shown) return;
    if (answer.ok) {
      around.value = answer.value;
      if (!newer) kept.value = { at: answer.value.at };
    } else if (!newer) {
      kept.value = "here";
      if (answer.fault.retry === "never" || over) return;
      waiting = sent;
      timer = setTimeout(send, AGAIN_AFTER_MS);
    }
  }

  return {
    kept,
    around,
    async find(place) {
      void send();
      const path = pathOf(place);
      shown = path;
      kept.value = "nothing";
      around.value = undefined;
      const answer = await after(() => http<Around & { draft?: Unsaved }>("GET", path));
      const here = readJson<Unsaved>(shelf, keyOf(place));
      const there = answer.ok ? answer.value.draft : undefined;
      if (shown === path && answer.ok) around.value = answer.value;
      const found = here && (!there || there.at < here.at) ? here : there;
      if (shown === path && found) kept.value = found === there ? { at: there.at } : "here";
      return found;
    },
    put(place, text, base) {
      const unsaved = { text, at: new Date(now()).toISOString(), ...(base !== undefined && { base }) };
      shelf.set(keyOf(place), JSON.stringify(unsaved));
      waiting = { place, unsaved };
      shown = pathOf(place);
      kept.value = "keeping";
      clearTimeout(timer);
      timer = setTimeout(send, KEEP_AFTER_MS);
    },
    async drop(place) {
      clearTimeout(timer);
      waiting = undefined;
      shelf.set(keyOf(place), undefined);
      if (shown === pathOf(place)) kept.value = "nothing";
      await after(() => http("DELETE", pathOf(place)));
    },
    async look(place) {
      const path = pathOf(place);
      const answer = await after(() => http<Around>("GET", path));
      if (answer.ok && shown === path) around.value = answer.value;
      return answer.ok ? answer.value : undefined;
    },
    flush: () => void send(),
    dispose() {
      over = true;
      clearTimeout(timer);
    },
  };
}
