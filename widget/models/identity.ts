import type { Http } from "../http.ts";
import type { Storage } from "../storage.ts";
import type { Session } from "./session.ts";

/** Also known to `app.ts`, which brings this model where an address waits. */
const CONTACT_KEY = "contact";

/** What the page knows of its visitor: a signed token, or a function that brings a fresh one; or mere details. */
export interface Known {
  token?: string | (() => string | Promise<string>);
  email?: string;
  name?: string;
}

export function createIdentity(ports: { http: Http; storage: Storage; session: Session }) {
  const { storage } = ports;
  let source: Known["token"];

  async function renew(): Promise<string | undefined> {
    if (!source) return undefined;
    const identity = typeof source === "function" ? await source() : source;
    const before = storage.get<string>("token");
    const { token } = await ports.http.visitor({ identity, ...(before && { token: before }) });
    return token;
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
  };
}

export type Identity = ReturnType<typeof createIdentity>;
