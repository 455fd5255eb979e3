import type { Event } from "../../protocol/event.ts";
import type { Fault } from "../../protocol/fault.ts";
import { turn } from "../../ui/turn.ts";
import type { Storage } from "../storage.ts";
import type { Log } from "./log.ts";
import type { Outbox, Outgoing } from "./outbox.ts";
import type { Thread } from "./thread.ts";

/** What a browser still sends of a page that is gone, and how much the server takes as one request. */
const PARTING_BYTES = 60_000;
const PARTING_COMMANDS = 50;

/** What tabs of one visitor tell each other. */
export interface Said {
  /** A message was written, sent, moved or acknowledged. */
  out?: Outgoing;
  /** A message was taken back. */
  gone?: string;
  /** An event arrived. */
  event?: Event;
  /** The server asks for patience, and for how long, ms. */
  busy?: Fault | undefined;
  ms?: number;
}

/** The visitor's other tabs on the same website, and what is left to do when this one closes. */
export interface Tabs {
  /** Acts while no other tab does. */
  turn(act: () => Promise<void>): Promise<void>;
  tell(said: Said): void;
  /** The page closes or may be ended unseen: what is not acknowledged goes once more, past the socket. */
  leave(): void;
  dispose(): void;
}

/** By Web Locks and a BroadcastChannel; a tab without them is on its own. Comes once the first hello was heard. */
export function createTabs(parts: {
  host: string;
  site: string;
  storage: Storage;
  log: Log;
  outbox: Outbox;
  thread: Thread;
}): Tabs {
  const { storage, log, outbox, thread } = parts;
  const name = `deskbell:${parts.site}`;
  const channel = globalThis.BroadcastChannel && new BroadcastChannel(name);
  let closed = false;
  /** The newest that went although the server asks for patience: it goes so once. */
  let urged: string | undefined;
  /** Tabs of another person or epoch do not listen (D12). */
  const as = () => `${storage.get("token")} ${log.epoch()}`;
  const tell = (said: Said) => {
    if (!closed) channel?.postMessage({ ...said, as: as() });
  };
  if (channel)
    channel.onmessage = ({ data }: MessageEvent<Said & { as: string }>) => {
      if (data.as !== as()) return;
      const { busy, ms = 0, out } = data;
      if (busy || out?.done) outbox.busy.value = busy;
      if (busy) outbox.rest(ms);
      outbox.heard(data);
      // What is written here from now on belongs to the same conversation.
      if (!thread.current.peek()) thread.settle();
      if (data.event) log.place(data.event);
    };
  log.onEvent((event) => tell({ event }));

  return {
    turn: (act) => turn(name, act),
    tell,
    leave() {
      const waiting = outbox.waiting().map(({ post }) => post);
      // What carries files follows them, and what was written later follows that (D5).
      const heavy = waiting.findIndex(({ files }) => files);
      const commands = waiting.slice(0, heavy < 0 ? PARTING_COMMANDS : Math.min(heavy, PARTING_COMMANDS));
      while (new Blob([JSON.stringify({ commands })]).size > PARTING_BYTES) commands.pop();
      const token = storage.get<string>("token");
      const newest = commands.at(-1)?.id;
      if (!token || !newest) return;
      if (outbox.patient()) {
        // The next page has it and will be patient; where nothing keeps it, there is no later.
        if (!storage.brief() || newest === urged) return;
        urged = newest;
      }
      fetch(`${parts.host}/api/widget/${parts.site}/commands`, {
        method: "POST",
        keepalive: true,
        credentials: "omit",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ commands }),
      }).catch(() => {});
    },
    dispose() {
      closed = true;
      channel?.close();
    },
  };
}
