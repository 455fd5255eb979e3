/** What a page may set, by `data-` attributes or `init`. */
export interface Options {
  site: string;
  lang?: string | undefined;
  mode?: "self-service" | "neutral" | "ask-first" | undefined;
  position?: "left" | "right" | undefined;
  theme?: "light" | "dark" | "auto" | undefined;
  launcher?: "show" | "none" | undefined;
  /** What stands beside the bell, "Help"; and its name for who does not see it. */
  label?: string | undefined;
  /** Of the launcher until the app is there; white must be readable on it. */
  color?: string | undefined;
  /** Px from the edges: "20" or "20,88" (inline, block). */
  offset?: string | undefined;
  z?: number | undefined;
  consent?: "pending" | "granted" | "denied" | undefined;
}

/** What the widget tells the page, each also as a `deskbell:` event of the document. */
export type Told =
  | "ready"
  | "open"
  | "close"
  | "unread"
  | "availability"
  | "conversation:started"
  | "message:sent"
  | "message:received"
  | "resolved"
  | "reopened"
  | "rated"
  | "article:viewed"
  | "error";

/** What the loader holds and hands to the app: the place in the page, the launcher, the way back to the page. */
export interface Door {
  /** Origin of the script, hence of everything else. */
  host: string;
  options: Options;
  /** The visitor's languages, the wanted first. */
  tags: readonly (string | undefined)[];
  /** Everything is drawn in here; its first child holds the launcher. */
  root: ShadowRoot;
  surface: HTMLElement;
  launcher: HTMLButtonElement;
  tell(told: Told, detail?: unknown): void;
}

/** The app as the loader knows it. */
export interface App {
  /** One of the page's calls, by name. */
  call(verb: string, args: readonly unknown[]): unknown;
  dispose(): void;
}

/** What the app chunk exports. */
export interface AppChunk {
  /** Names the launcher in the visitor's language. */
  name(door: Door | undefined): unknown;
  mount(door: Door): Promise<App>;
}
