import type { ReadonlySignal } from "@preact/signals";
import type { AgentCommand } from "../protocol/command.ts";
import type { Fault } from "../protocol/fault.ts";
import type { AgentHello } from "../protocol/hello.ts";
import type { ConversationId } from "../protocol/ids.ts";
import type { Link } from "../protocol/link.ts";

/** What is handed over at a handshake: up to which place this console has heard each open conversation. */
export type Since = Readonly<Record<ConversationId, { talk: number; desk: number }>>;

/** The wire to the server. Silent until `connect`; both are asked again at every handshake. */
export interface Line {
  readonly link: Link<AgentCommand, AgentHello>;
  connect(since: () => Since, away: () => boolean): void;
  /** Closes and opens: a new handshake, a new hello. */
  again(): void;
  disconnect(): void;
}

/** What an HTTP call came to. Expected refusals and a lost connection are faults, never exceptions. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One call of the server's HTTP interface, as JSON both ways. An aborted call never settles anything: it is `unavailable`. */
export type Http = <T>(method: Method, path: string, body?: unknown, abort?: AbortSignal) => Promise<Answer<T>>;

/** Whether there is anything at an address, past all caches. */
export type Reach = (path: string) => Promise<boolean>;

/** A place for text that survives a reload, wherever the browser keeps anything. */
export interface Shelf {
  /** Whether something is kept in memory only, and gone with the page. */
  readonly brief: ReadonlySignal<boolean>;
  get(key: string): string | undefined;
  set(key: string, text: string | undefined): void;
  keys(prefix: string): string[];
}

/** The other pages of the console in this browser, which has one session for all of them. */
export interface Pages {
  /** Who came in here, or that somebody signed out. */
  tell(agent: string | undefined): void;
  /** Returns the unsubscribe. */
  hear(told: (agent: string | undefined) => void): () => void;
}

/** An agent's other pages in this browser: all have the same words before them, and send in turn. */
export interface Tabs {
  /** Acts while no other page does what bears this name; see `ui/turn`. */
  turn(name: string, act: () => Promise<void>): Promise<void>;
  tell(said: object): void;
  /** What others tell, until `close`. */
  hear(told: (said: never) => void): void;
  close(): void;
}

/** The address bar. */
export interface Address {
  readonly path: string;
  readonly search: string;
  go(path: string, replace: boolean): void;
  /** Told when a person moves back or forward. Returns the unsubscribe. */
  onMove(moved: () => void): () => void;
}

/** What calls an agent who may look elsewhere. */
export interface Bell {
  /** Whether somebody looks at this page just now. */
  looked(): boolean;
  /** Two soft strokes, at once. */
  strike(): void;
  /** Whether the system's notices may be shown: asks who has not been asked. */
  allowed(): Promise<boolean>;
  /** Calls from one page of the console in this browser. Returns what takes back what is still to be seen of it. */
  call(call: Call): () => void;
}

export interface Call {
  /** The same on every page that calls for the same reason. */
  readonly tag: string;
  /** Whether it is known here already: then no page calls. */
  readonly silent: boolean;
  readonly sound: boolean;
  /** One of the system's, shown where it may be. */
  readonly notice?: { readonly title: string; readonly text: string; pressed(): void };
}
