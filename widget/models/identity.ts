import type { backOff } from "../../protocol/back-off.ts";
import type { Http, HttpError } from "../http.ts";
import type { Storage } from "../storage.ts";
import type { Session } from "./session.ts";

/** Also known to `app.ts`, which brings this model where an address waits. */
const CONTACT_KEY = "contact";
const RETRY_MS = 1_000;
const RETRY_TO_MS = 30_000;
const LIMITED = 429;

/** What the page knows of its visitor: a signed token, or a function that brings a fresh one; or mere details. */
export interface Known {
  token?: string | (() => string | Promise<string>);
  email?: string;
  name?: string;
}

export function createIdentity(ports: {
  http: Http;
  storage: Storage;
  session: Session;
  /** The chat's own: imported here it would be 60 B dearer there. */
  backOff: typeof backOff;
}) {
  const { storage } = ports;
  let source: Known["token"];
  let closed = false;

  /**
   * A token for whom the page names. Asked for again while the server cannot be had or asks for patience: the page says it
   * once, and whoever writes meanwhile would be nobody, or be told that they were signed out.
   */
  async function renew(): Promise<string | undefined> {
    for (let failures = 0; source && !closed; failures++) {
      const identity = typeof source === "function" ? await source() : source;
      const before = storage.get<string>("token");
      try {
        return (await ports.http.visitor({ identity, ...(before && { token: before }) })).token;
      } catch (why) {
        // A network that failed has no status.
        const { status = 0, afterMs = 0 } = why as Partial<HttpError>;
        if (status >= 400 && status < 500 && status !== LIMITED) throw why;
        const ms = afterMs + ports.backOff(failures, RETRY_MS, RETRY_TO_MS);
        await new Promise((over) => setTimeout(over, ms));
      }
    }
    return undefined;
  }

  async function flush() {
    const contact = storage.get<{ name?: string; email?: string }>(CONTACT_KEY);
    if (contact && ports.session.link?.up && (await ports.session.contact(contact))) storage.remove(CONTACT_KEY);
  }

  return {
    renew,
    /** Sends details that wait for a connection. */
    flush,
    async identify(known: Known) {
      if (known.token) {
        source = known.token;
        const token = await renew();
        if (token && token !== storage.get("token")) {
          storage.set("token", token);
          ports.session.again();
        }
      } else await this.contact(known);
    },
    /** Kept until it is sent: a visitor gives an address once. */
    async contact({ name, email }: Known) {
      if (!name && !email) return;
      storage.set(CONTACT_KEY, { ...storage.get<object>(CONTACT_KEY), ...(name && { name }), ...(email && { email }) });
      await flush();
    },
    dispose() {
      closed = true;
    },
  };
}

export type Identity = ReturnType<typeof createIdentity>;
