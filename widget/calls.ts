import { chooseLocale, type Locale } from "../ui/locale.ts";
import type { App } from "./app.ts";
import type { Identity, Known } from "./models/identity.ts";
import { effect } from "./signals.ts";
import { createStorage, storagePrefix } from "./storage.ts";

const CHOSEN_LIMIT = 5;
/** As the contract bounds what a message carries of its page. */
const TRACKED_LIMIT = 10;
const PROPERTIES_LIMIT = 10;
const NAME_LENGTH = 64;
const KEY_LENGTH = 40;
const VALUE_LENGTH = 200;

/** What the page's calls may take hold of. */
export interface Hand {
  /** The app of now: another one after `logout`. */
  app(): App;
  /** Whether anything may be stored. */
  persist(on: boolean): void;
  /** Forgets the visitor and begins anew. */
  restart(): void;
  speak(locale: Locale): Promise<void>;
}

/** The page's calls, by name. What each may be given is written in docs/embedding/api.md. */
export const calls: Record<string, (hand: Hand, ...args: never[]) => unknown> = {
  open,
  article,
  search,
  suggest,
  prefill,
};

function open({ app }: Hand, at: { view?: "home" | "chat"; articleId?: string } = {}) {
  if (at.articleId) app().place.go({ view: "article", id: at.articleId });
  else if (at.view === "chat") app().chat();
  else if (at.view) app().place.go({ view: "home" });
  app().place.open.value = true;
}

function article(hand: Hand, id: string) {
  open(hand, { articleId: id });
}

function search(hand: Hand, q: string) {
  prefill(hand, q);
  open(hand, { view: "home" });
}

/** Up to five articles of the page's own choice; without them ours, asked anew. */
function suggest({ app }: Hand, ids?: string[]) {
  const { http, suggestions } = app();
  const chosen = (ids ?? []).slice(0, CHOSEN_LIMIT);
  const fetchThem = () =>
    Promise.all(chosen.map(async (id) => ({ ...(await http.article(id)), excerpt: "", score: 1 })));
  suggestions.choose(chosen.length > 0 ? fetchThem : undefined);
  if (app().place.open.peek()) app().suggestions.refresh();
}

/** Puts a text into the composer, and never sends it. */
function prefill({ app }: Hand, text: string) {
  app().draft.set(text);
  app().suggestions.type(text);
}

calls.identify = async (hand, known: Known) => {
  const app = hand.app();
  if (known.token) newest.set(app, known);
  const mine = await identity(hand);
  // A page of many views says it in each of them.
  if (!known.token || newest.get(app) === known) await mine?.identify(known);
};

calls.update = async (hand, { name, email }: Known) =>
  (await identity(hand))?.contact({ ...(name && { name }), ...(email && { email }) });

calls.setLocale = async ({ speak, app }, tag: string) => {
  const to = chooseLocale([tag]);
  await speak(to);
  const { http, site, locale } = app();
  // What is still under way may be in the language of before.
  await site.coming();
  if (!site.config.peek()) return;
  // What the owner says in this language.
  const come = await http.site();
  if (typeof come.name === "string" && locale.peek() === to) site.config.value = come;
};

calls.consent = ({ persist, app }, given: boolean) => {
  if (!given) forgetFiles(app());
  persist(given);
};

/** Goes to the agents with the next message: the last ten, none of them long. Nothing is sent or stored for its own sake. */
calls.track = ({ app }, name: unknown, meta?: unknown) => {
  const { tracked } = app();
  const said = `${name}`.slice(0, NAME_LENGTH);
  if (!said) return;
  const properties = Object.entries(Object(meta) as object)
    .filter(([key, value]) => key && key.length <= KEY_LENGTH && isPlain(value))
    .slice(0, PROPERTIES_LIMIT)
    .map(([key, value]) => [key, typeof value === "string" ? value.slice(0, VALUE_LENGTH) : value]);
  tracked.push({ name: said, ...(properties[0] && { meta: Object.fromEntries(properties) }) });
  if (tracked.length > TRACKED_LIMIT) tracked.shift();
};

calls.logout = ({ restart, app }) => {
  leave(app());
  forgetFiles(app());
  restart();
};

/** The last token that the page gave each app. */
const newest = new WeakMap<App, Known>();

/**
 * For what the page knows of its visitor: once they use the widget, because who only comes near it has sent nothing and
 * keeps nothing. Undefined where they have logged out before.
 */
async function identity({ app }: Hand): Promise<Identity | undefined> {
  const mine = app();
  const { place, storage, desk } = mine;
  let stop = () => {};
  await new Promise<void>((used) => {
    stop = effect(() => {
      if (place.open.value || storage.get("token")) used();
    });
  });
  stop();
  if (app() === mine) return (await desk.need()).identity.need();
}

/**
 * The server takes neither this visitor's token nor the identity that brought it any more, whoever has copied them; an
 * anonymous one's as well. Nobody waits for that.
 */
function leave({ storage, config: { host, options } }: App) {
  const visitors = `${host}/api/widget/${options.site}/visitors`;
  // Also the one of a visit before, which nothing was read of for want of consent.
  for (const token of new Set([storage, createStorage(options.site, true)].map((kept) => kept.get<string>("token")))) {
    if (!token) continue;
    const headers = { authorization: `Bearer ${token}` };
    void fetch(visitors, { method: "DELETE", headers, keepalive: true, credentials: "omit" }).catch(() => {});
  }
}

function isPlain(value: unknown): value is string | number | boolean {
  return /^(string|boolean)$/.test(typeof value) || Number.isFinite(value);
}

/** What waits with unsent messages in the page's IndexedDB. */
function forgetFiles({ config }: App) {
  try {
    indexedDB.deleteDatabase(`${storagePrefix(config.options.site)}files`);
  } catch {
    // Storage is blocked: there is nothing.
  }
}
