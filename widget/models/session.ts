import { backOff } from "../../protocol/back-off.ts";
import type { VisitorCommand } from "../../protocol/command.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { VisitorHello } from "../../protocol/hello.ts";
import type { Link } from "../../protocol/link.ts";
import type { Availability, VisitorCard } from "../../protocol/people.ts";
import { computed, signal } from "../signals.ts";
import type { Storage } from "../storage.ts";

const RETRY_MS = 2_000;
/** A connection that was never up is called missing only after this long: the first one takes its time. */
const PATIENCE_MS = 4_000;

export type VisitorLink = Link<VisitorCommand, VisitorHello>;

/** An open line: the link, and the hand on its switch. */
export interface Line {
  link: VisitorLink;
  open(): void;
  /** Closes and opens: a new handshake, a new hello. */
  again(): void;
  close(): void;
}

export interface Auth {
  site: string;
  token?: string;
  since?: Record<string, number>;
  epoch?: string | undefined;
}

export type Connect = (host: string, auth: () => Auth, failed: (error: unknown) => void) => Line;

export type Connection = "idle" | "connecting" | "up" | "down";

/** Who the visitor is and whether we are connected. Connects on the first need, not before. */
export function createSession(ports: {
  host: string;
  site: string;
  storage: Storage;
  connect: Connect;
  since(): Record<string, number>;
  /** Of what this tab holds. */
  epoch(): string | undefined;
  /** A fresh token from the site's own identity, where it gave one. */
  renew(): Promise<string | undefined>;
  /** What came could not be understood. */
  failed(error: unknown): void;
}) {
  const { storage } = ports;
  const connection = signal<Connection>("idle");
  /** Why we were not let in. */
  const refused = signal<Fault | undefined>(undefined);
  const visitor = signal<VisitorCard | undefined>(undefined);
  const availability = signal<Availability | undefined>(undefined);
  /** No socket gets through: things come, but late. */
  const slow = signal(false);
  const late = signal(false);
  /** The browser says that there is no network, long before a socket notices. */
  const cut = signal(false);
  const hellos = new Set<(hello: VisitorHello) => void>();
  const lines = new Set<(link: VisitorLink) => void>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let line: Line | undefined;
  let closed = false;
  let renewed = false;
  /** The token that the newest handshake bore. */
  let used: string | undefined;
  /** The server asked for patience until then: whoever comes back to the page waits as well. */
  let notBefore = 0;

  /** Another tab has become somebody else since we came. */
  const moved = () => used && storage.get("token") !== used;

  const after = (ms: number, act: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!closed) act();
    }, ms);
    timers.add(timer);
  };

  function hear(link: VisitorLink) {
    link.on("hello", (hello) => {
      renewed = false;
      // Two tabs came as new people at once: they are the one who was first.
      if (hello.token && storage.get("token")) return line?.again();
      if (hello.token) storage.set("token", hello.token);
      visitor.value = hello.visitor;
      availability.value = hello.availability;
      slow.value = "slow" in hello;
      refused.value = undefined;
      for (const listener of hellos) listener(hello);
      late.value = false;
      connection.value = "up";
    });
    link.on("down", () => {
      connection.value = "down";
    });
    link.on("refused", async ({ data }) => {
      connection.value = "down";
      // Without a fault the network failed: the carrier tries again by itself.
      if (!isFault(data)) return;
      if (data.retry === "after") {
        const ms = (data.afterMs ?? RETRY_MS) + backOff(0, RETRY_MS, RETRY_MS);
        notBefore = performance.now() + ms;
        return after(ms, () => line?.open());
      }
      if (data.retry === "renew" && !renewed) {
        renewed = true;
        // Whoever comes back to the page meanwhile waits for it too.
        notBefore = Number.POSITIVE_INFINITY;
        const token = await ports.renew().catch(() => undefined);
        notBefore = 0;
        // Unless another tab was quicker: we are the person that it became.
        if (token && storage.get("token") === used) storage.set("token", token);
        if (storage.get("token") !== used) return line?.open();
      }
      refused.value = data;
    });
    link.on("pulse", (pulse) => {
      if (pulse.type === "availability") availability.value = pulse.availability;
    });
  }

  return {
    /** Whether a person should be told that there is no connection. */
    offline: computed(
      () =>
        connection.value === "down" ||
        (connection.value !== "idle" && cut.value) ||
        (connection.value === "connecting" && late.value),
    ),
    network(there: boolean) {
      cut.value = !there;
    },
    refused,
    slow,
    visitor,
    availability,
    get link() {
      return line?.link;
    },
    /** Connects, once; safe to call at every need. */
    start() {
      if (line || closed) return;
      connection.value = "connecting";
      after(PATIENCE_MS, () => {
        late.value = true;
      });
      line = ports.connect(
        ports.host,
        () => {
          const token = storage.get<string>("token");
          used = token;
          const since = ports.since();
          return {
            site: ports.site,
            ...(token !== undefined && { token }),
            ...(Object.keys(since).length > 0 && { since, epoch: ports.epoch() }),
          };
        },
        ports.failed,
      );
      hear(line.link);
      for (const listener of lines) listener(line.link);
      line.open();
    },
    /** A new handshake: after another identity, another epoch, or at the visitor's wish. */
    again() {
      refused.value = undefined;
      line?.again();
    },
    moved,
    /** The page is put aside: a browser keeps none that holds a socket. */
    sleep() {
      line?.close();
      if (line) connection.value = "connecting";
    },
    /** Makes a connection that sleeps or waits try now. */
    wake() {
      if (line && !line.link.up && !refused.value && performance.now() >= notBefore) line.open();
    },
    onHello(listener: (hello: VisitorHello) => void) {
      hellos.add(listener);
    },
    /** Called with the link once there is one. */
    onLink(listener: (link: VisitorLink) => void) {
      lines.add(listener);
    },
    /** Unverified details, to answer by e-mail. */
    async contact(given: { name?: string; email?: string }) {
      const reply = await line?.link.send({ type: "contact", ...given });
      if (reply?.ok && visitor.value) visitor.value = { ...visitor.value, ...given };
      return reply?.ok === true;
    },
    dispose() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      line?.close();
    },
  };
}

export type Session = ReturnType<typeof createSession>;

function isFault(data: unknown): data is Fault {
  return typeof data === "object" && data !== null && "code" in data && "retry" in data;
}
