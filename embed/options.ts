/** What a page may set. The same as the tag's `data-` attributes, where numbers and words are text. */
export interface DeskbellOptions {
  /** The site's public key. */
  site: string;
  /** BCP 47; else the page's language, else the browser's. */
  lang?: string;
  /** Answers first, both (the default, or what the site says), or a person first. */
  mode?: "self-service" | "neutral" | "ask-first";
  position?: "left" | "right";
  theme?: "light" | "dark" | "auto";
  /** `"none"`: the page opens the panel by a button of its own. */
  launcher?: "show" | "none";
  /** What stands beside the bell, `"Help"`; also its name for who does not see it. */
  label?: string;
  /** Of the bell until the rest has come, `"#0a6370"`; the bell is white. */
  color?: string;
  /** Px from the edges: `"20"`, or inline and block: `"20,88"`. */
  offset?: string;
  z?: number;
  /** `"pending"`: nothing is stored until `consent(true)`. `"denied"`: nothing is stored, what was is wiped. */
  consent?: "pending" | "granted" | "denied";
}

export interface LoadOptions extends DeskbellOptions {
  /** Where Deskbell is: `https://help.example.com`. */
  host: string;
  /** For pages whose policy lets scripts in by nonce. */
  nonce?: string;
}

/** A signed token (or what brings a fresh one whenever the last has run out), or mere details that nobody vouches for. */
export interface Identity {
  token?: string | (() => string | Promise<string>);
  email?: string;
  name?: string;
}

/** What the widget tells, and with what. Each is also an event of the document: `deskbell:open`. */
export interface DeskbellEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  /** How many messages nobody has seen. */
  unread: number;
  availability: "online" | "away";
  "conversation:started": { conversation: string };
  "message:sent": { id: string; conversation: string; text: string };
  "message:received": { id: string; conversation: string; text: string };
  resolved: { conversation: string };
  reopened: { conversation: string };
  rated: { conversation: string };
  "article:viewed": { id: string; slug: string };
  error: unknown;
}

export type DeskbellEvent = keyof DeskbellEvents;
export type Listeners = { [E in DeskbellEvent]?: (detail: DeskbellEvents[E]) => void };

/** What a page may call, at any time: what comes before the widget waits for it. */
export interface Deskbell {
  init(options: DeskbellOptions): void;
  identify(identity: Identity): void;
  update(details: { email?: string; name?: string }): void;
  open(at?: { view?: "home" | "chat"; articleId?: string }): void;
  close(): void;
  toggle(): void;
  launcher(wish: "show" | "hide"): void;
  /** Opens an article, by its id or slug. */
  article(id: string): void;
  /** Opens Home with this question. */
  search(q: string): void;
  /** Offers up to five articles of the page's choice; without any, ours, asked anew. */
  suggest(ids?: readonly string[]): void;
  /** Puts a text into the composer. Never sends it. */
  prefill(text: string): void;
  /** Something happened on the page: agents see the last ten with the visitor's next message. Never sent for its own sake. */
  track(name: string, meta?: Readonly<Record<string, string | number | boolean>>): void;
  setLocale(tag: string): void;
  consent(given: boolean): void;
  /** Leaves nothing of the person in this browser. */
  logout(): void;
  /** Leaves nothing of the widget in the page. `init` begins again. */
  destroy(): void;
  /** Any number of listeners. Returns the unsubscribe. */
  on<E extends DeskbellEvent>(event: E, listener: (detail: DeskbellEvents[E]) => void): () => void;
}
