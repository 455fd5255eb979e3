import { mkdtempSync, rmSync } from "node:fs";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignJWT } from "jose";
import { pino } from "pino";
import { io, type Socket } from "socket.io-client";
import type { EventOf, Fault, Reply, RichText, VisitorCard } from "../../protocol/index.ts";
import type { AgentActor } from "../../server/desk/actors.ts";
import type { Desk } from "../../server/desk/desk.ts";
import type { Site } from "../../server/desk/sites/sites.ts";
import { start } from "../../server/start.ts";
import { CAFE, SHOP } from "../support/desk.ts";

/* What is attacked: the whole server over real HTTP and sockets, as it is started in earnest, with two sites on it. */

export const OWNER = { email: "olga@desk.example", password: "correct horse battery" };
export const PASSWORD = "staple battery horse";
const WITHIN_MS = 15_000;

export interface Asked {
  body?: unknown;
  headers?: Record<string, string>;
  /** A session's `Cookie` header, an API key or a visitor's token. */
  as?: string;
}

/** What attacks look at in an answer. Which of it is there is what they try: what is not is undefined, and found by that. */
export interface Body {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly slug: string;
  readonly secret: string;
  readonly token: string;
  readonly cursor: string;
  readonly body: RichText;
  readonly agent: { readonly id: string };
  readonly visitor: VisitorCard;
  readonly assignee: { readonly id: string };
  readonly event: EventOf<"posted">;
  readonly events: readonly EventOf<"posted">[];
  readonly items: Item[];
  readonly paths: Readonly<Record<string, object>>;
  readonly fault: Fault;
}

/** An entry of whatever list. */
export interface Item {
  readonly id: string;
  readonly email: string;
  readonly sites: readonly string[];
  /** Of the audit log. */
  readonly action: string;
  readonly at: string;
  /** Of a session: the one that asks. */
  readonly current?: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text as JSON, where it is some. */
  readonly body: Body;
  readonly fault: string | undefined;
}

export interface Line {
  readonly socket: Socket;
  readonly heard: readonly { name: string; payload: unknown }[];
  /** Resolves to the greeting or to the fault that ended the handshake. */
  readonly answer: Promise<{ hello: Record<string, unknown> } | { fault: Fault | undefined }>;
  send(command: unknown): Promise<Reply>;
  /** Resolves to how many milliseconds it took until the server ended it. */
  ended(): Promise<number>;
}

export interface Target {
  readonly url: string;
  readonly desk: Desk;
  readonly shop: Site;
  readonly cafe: Site;
  readonly owner: AgentActor;
  readonly ownerCookie: string;
  readonly file: string;
  /** Everything that was logged. */
  readonly logged: readonly string[];
  ask(method: string, path: string, asked?: Asked): Promise<Answer>;
  /** A person with a password, signed in. */
  hire(name: string, about?: { role?: "agent" | "admin" | "owner"; sites?: readonly Site[] }): Promise<Hired>;
  visitor(site?: Site): Promise<string>;
  dialVisitor(auth: object, origin?: string): Line;
  dialAgent(about: { cookie?: string; token?: string; origin?: string }): Line;
  /** Signs as the site would. */
  sign(claims: Record<string, unknown>, about?: { secret?: string; seconds?: number }): Promise<string>;
  close(): Promise<void>;
}

export interface Hired {
  readonly actor: AgentActor;
  readonly email: string;
  readonly cookie: string;
}

export async function openTarget(env: Record<string, string> = {}): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), "deskbell-attacks-"));
  const logged: string[] = [];
  const log = pino({ level: "debug" }, { write: (line) => void logged.push(line) });
  const started = await start({
    env: {
      PORT: "0",
      HOST: "127.0.0.1",
      DATA_DIR: folder,
      LOG_LEVEL: "debug",
      DESKBELL_OWNER_EMAIL: OWNER.email,
      DESKBELL_OWNER_PASSWORD: OWNER.password,
      ...env,
    },
    log,
  });
  const { desk } = started.app;
  const { port } = new URL(started.url);
  const sockets: Socket[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });

  const ask = (method: string, path: string, { body, headers = {}, as }: Asked = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const who = as === undefined ? {} : as.includes("=") ? { cookie: as } : { authorization: `Bearer ${as}` };
      const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
      const json = method === "GET" || method === "HEAD" ? {} : { "content-type": "application/json" };
      const asking = request(
        { host: "127.0.0.1", port, method, path, headers: { ...json, ...who, ...headers }, agent },
        (response) => {
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => parts.push(part));
          response.on("error", reject);
          response.on("end", () => resolve(toAnswer(response.statusCode ?? 0, response.headers, Buffer.concat(parts))));
        },
      );
      asking.on("error", reject);
      asking.end(text);
    });

  const dial = (namespace: string, auth: object, extraHeaders: Record<string, string>): Line => {
    const socket = io(`http://127.0.0.1:${port}/${namespace}`, {
      auth,
      extraHeaders,
      reconnection: false,
      forceNew: true,
      transports: ["websocket"],
    });
    sockets.push(socket);
    const heard: { name: string; payload: unknown }[] = [];
    socket.onAny((name: string, payload: unknown) => void heard.push({ name, payload }));
    const answer = within(
      new Promise<{ hello: Record<string, unknown> } | { fault: Fault | undefined }>((resolve) => {
        socket.once("hello", (hello) => resolve({ hello }));
        socket.once("connect_error", (error: Error & { data?: Fault }) => resolve({ fault: error.data }));
      }),
      "an answer to the handshake",
    );
    answer.catch(() => undefined);
    return {
      socket,
      heard,
      answer,
      send: (command) => within(new Promise((resolve) => socket.emit("command", command, resolve)), "a reply"),
      ended() {
        const began = performance.now();
        const end = new Promise<number>((resolve) => {
          if (!socket.connected) resolve(0);
          socket.once("disconnect", () => resolve(performance.now() - began));
        });
        return within(end, "the server to end the connection");
      },
    };
  };

  const ownerCookie = cookieOf(await ask("POST", "/api/session", { body: OWNER }));
  const key = ownerCookie.slice(ownerCookie.indexOf("=") + 1);
  const signedIn = await desk.sessions.bySession(key);
  if (!signedIn) throw new Error("The owner is not there");
  await desk.sites.create(signedIn, { name: "Shop", origins: [SHOP] });
  await desk.sites.create(signedIn, { name: "Café", origins: [CAFE] });
  const owner = (await desk.agents.byKey(signedIn.key)) ?? signedIn;
  const [shop, cafe] = (await desk.sites.allFor(owner)).slice(-2) as [Site, Site];

  const target: Target = {
    url: `http://127.0.0.1:${port}`,
    desk,
    shop,
    cafe,
    owner,
    ownerCookie,
    file: join(folder, "deskbell.db"),
    logged,
    ask,
    async hire(name, { role = "agent", sites = [shop] } = {}) {
      const email = `${name.toLowerCase()}@desk.example`;
      const person = await desk.people.add(owner, {
        email,
        name,
        role,
        sites: sites.map(({ id }) => id),
        password: PASSWORD,
      });
      const cookie = cookieOf(await ask("POST", "/api/session", { body: { email, password: PASSWORD } }));
      const actor = await desk.agents.memberOf((sites[0] ?? shop).key, person.id);
      if (!actor) throw new Error(`${name} was not hired`);
      return { actor, email, cookie };
    },
    visitor: async (site = shop) => (await desk.visitors.welcome(site)).token,
    dialVisitor: (auth, origin = SHOP) => dial("visitor", { v: 1, site: shop.publicKey, ...auth }, { origin }),
    dialAgent: ({ cookie, token, origin }) =>
      dial("agent", { v: 1, ...(token && { token }) }, { ...(cookie && { cookie }), ...(origin && { origin }) }),
    sign: (claims, { secret = shop.secret, seconds = 600 } = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256" })
        .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
        .sign(new TextEncoder().encode(secret)),
    async close() {
      for (const socket of sockets) socket.disconnect();
      agent.destroy();
      await started.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return target;
}

/** The `Cookie` header that a browser would send after this answer. */
export function cookieOf({ headers }: Pick<Answer, "headers">): string {
  return (headers["set-cookie"]?.[0] ?? "").split(";", 1)[0] ?? "";
}

function toAnswer(status: number, headers: IncomingHttpHeaders, bytes: Buffer): Answer {
  const text = bytes.toString("utf8");
  const body = /\bjson\b/.test(headers["content-type"] ?? "") && text !== "" ? JSON.parse(text) : undefined;
  return { status, headers, text, body, fault: body?.fault?.code };
}

function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited in vain for ${what}`)), WITHIN_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
