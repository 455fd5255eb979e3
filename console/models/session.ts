import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { AgentCommand } from "../../protocol/command.ts";
import type { Fault } from "../../protocol/fault.ts";
import type { AgentHello } from "../../protocol/hello.ts";
import type { Link } from "../../protocol/link.ts";
import type { AgentCard, SiteCard } from "../../protocol/people.ts";
import type { Answer, Http, Pages, Shelf } from "../ports.ts";
import type { Agent } from "../resources.ts";
import type { Clock } from "./clock.ts";
import type { Preferences } from "./preferences.ts";

export interface SetUp {
  readonly setupToken: string;
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly site: { readonly name: string; readonly origins: readonly string[] };
}

/** Who is signed in, and to what. */
export interface Session {
  /** `asking` until the server has said who we are. */
  readonly state: ReadonlySignal<"asking" | "in" | "out" | "unreachable">;
  readonly agent: ReadonlySignal<Agent | undefined>;
  readonly sites: ReadonlySignal<readonly SiteCard[]>;
  readonly site: ReadonlySignal<SiteCard | undefined>;
  readonly colleagues: ReadonlySignal<readonly AgentCard[]>;
  /** Whether the first hello has come. */
  readonly live: ReadonlySignal<boolean>;
  readonly outdated: ReadonlySignal<boolean>;
  ask(): Promise<void>;
  signIn(
    by: { readonly email: string; readonly password: string } | { readonly token: string },
  ): Promise<Fault | undefined>;
  setUp(by: SetUp): Promise<Fault | undefined>;
  /** Whom an invitation is for. */
  invited(token: string): Promise<Answer<{ readonly email: string; readonly name: string }>>;
  accept(token: string, by: { readonly name?: string; readonly password: string }): Promise<Fault | undefined>;
  signOut(): Promise<void>;
  choose(site: string): void;
  /** One's own name or face changed. */
  renamed(agent: Agent): void;
  /** A site was made, or its name or languages changed. */
  siteChanged(site: SiteCard): void;
  dispose(): void;
}

/** On the browser's shelf: somebody signed out and the server did not answer, so that it still knows them here. */
const LEAVING = "leaving";

/** `signedOut` is told who left of their own will. */
export function createSession(
  link: Link<AgentCommand, AgentHello>,
  http: Http,
  preferences: Preferences,
  clock: Clock,
  shelf: Shelf,
  pages: Pages,
  signedOut: (agent: string) => void,
): Session {
  const state = signal<"asking" | "in" | "out" | "unreachable">("asking");
  const agent = signal<Agent>();
  const sites = signal<readonly SiteCard[]>([]);
  const colleagues = signal<readonly AgentCard[]>([]);
  const live = signal(false);
  const outdated = signal(false);
  let ending: Promise<boolean> | undefined;
  const site = computed(() => sites.value.find(({ id }) => id === preferences.site.value) ?? sites.value[0]);

  function entered(answer: Answer<{ agent: Agent }>): Fault | undefined {
    if (!answer.ok) return answer.fault;
    shelf.set(LEAVING, undefined);
    batch(() => {
      agent.value = answer.value.agent;
      state.value = "in";
    });
    return undefined;
  }

  function left() {
    batch(() => {
      agent.value = undefined;
      sites.value = [];
      colleagues.value = [];
      live.value = false;
      state.value = "out";
    });
  }

  /** Ends the session that this browser has, once, whoever asks meanwhile. Whether the server said so. */
  function end(): Promise<boolean> {
    shelf.set(LEAVING, "1");
    ending ??= http("DELETE", "/api/session").then((answer) => {
      ending = undefined;
      const ended = answer.ok || answer.fault.retry !== "after";
      if (ended) shelf.set(LEAVING, undefined);
      return ended;
    });
    return ending;
  }

  /** Nobody comes in by the session of somebody who meant to leave. */
  const leftBefore = async () => shelf.get(LEAVING) === undefined || (await end());

  /** Comes in by a new session, which is now the other pages' as well. */
  function cameIn(answer: Answer<{ agent: Agent }>): Fault | undefined {
    const refused = entered(answer);
    if (answer.ok) pages.tell(answer.value.agent.id);
    return refused;
  }

  async function ask() {
    if (!(await leftBefore())) {
      state.value = "unreachable";
      return;
    }
    const fault = entered(await http<{ agent: Agent }>("GET", "/api/session"));
    if (!fault) return;
    // Who is asked for patience (a whole office may be) is still signed in.
    if (fault.retry === "after") state.value = "unreachable";
    else left();
  }

  const stops = [
    pages.hear((who) => {
      if (state.peek() !== "in" || who === agent.peek()?.id) return;
      left();
      if (who !== undefined) void ask();
    }),
    link.on("hello", (hello) => {
      clock.heard(hello.now);
      const same = agent.peek()?.id === hello.agent.id;
      // Somebody else came in by another page of this browser: they are greeted once more, with nothing of the first.
      if (!same) agent.value = undefined;
      batch(() => {
        agent.value = { ...agent.peek(), ...(hello.agent as Agent) };
        sites.value = hello.sites;
        colleagues.value = hello.agents;
        live.value = same;
      });
    }),
    link.on("refused", (refused) => {
      const fault = refused.data as Fault | undefined;
      if (fault?.retry === "renew") left();
      if (fault?.retry === "reload") outdated.value = true;
    }),
  ];

  return {
    state,
    agent,
    sites,
    site,
    colleagues,
    live,
    outdated,
    ask,
    async signIn(by) {
      await leftBefore();
      return cameIn(await http<{ agent: Agent }>("POST", "/api/session", by));
    },
    async setUp(by) {
      const answer = await http<{ agent?: Agent }>("POST", "/api/setup", by);
      if (!answer.ok) return answer.fault;
      const { agent } = answer.value ?? {};
      if (agent) return cameIn({ ok: true, value: { agent } });
      return cameIn(await http<{ agent: Agent }>("POST", "/api/session", { email: by.email, password: by.password }));
    },
    invited: (token) => http("GET", `/api/invitations/${encodeURIComponent(token)}`),
    async accept(token, by) {
      const path = `/api/invitations/${encodeURIComponent(token)}`;
      return cameIn(await http<{ agent: Agent }>("POST", path, by));
    },
    async signOut() {
      const who = agent.peek()?.id;
      const ended = end();
      pages.tell(undefined);
      left();
      if (who !== undefined) signedOut(who);
      await ended;
    },
    choose(site) {
      preferences.site.value = site;
    },
    renamed(changed) {
      agent.value = changed;
    },
    siteChanged({ id, key, name, locales }) {
      const card = { id, key, name, locales };
      const known = sites.peek().some((site) => site.id === id);
      sites.value = known ? sites.peek().map((site) => (site.id === id ? card : site)) : [...sites.peek(), card];
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
