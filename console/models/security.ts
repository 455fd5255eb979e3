import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { AgentCard } from "../../protocol/people.ts";
import type { Http } from "../ports.ts";
import type { List, Site } from "../resources.ts";
import { createRemote, type Remote } from "./remote.ts";
import type { Router } from "./router.ts";
import type { Session as SignedIn } from "./session.ts";

/** Where somebody is signed in. */
export interface Session {
  readonly id: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly browser?: string;
  readonly system?: string;
  readonly address?: string;
  readonly current?: boolean;
}

export type Action =
  | "desk.set-up"
  | "person.added"
  | "person.changed"
  | "person.password"
  | "person.invited"
  | "person.removed"
  | "invitation.accepted"
  | "sessions.ended"
  | "key.made"
  | "key.removed"
  | "site.added"
  | "site.changed"
  | "secret.rotated"
  | "secret.retired"
  | "visitor.erased"
  | "article.removed"
  | "collection.changed"
  | "collection.removed"
  | "reply.changed"
  | "reply.removed";

type Fields = Readonly<Record<string, unknown>>;

export interface AuditEntry {
  readonly id: string;
  readonly at: string;
  readonly action: Action;
  readonly by?: AgentCard;
  readonly name?: string;
  readonly before?: Fields;
  readonly after?: Fields;
  readonly address?: string;
}

/** Sessions, the audit log and the site's secret: what keeps the desk its owner's. */
export interface Security {
  readonly own: Remote<List<Session>>;
  readonly audit: Remote<List<AuditEntry>>;
  /** Whose sessions are shown on the page of people, and which. */
  readonly looking: ReadonlySignal<string | undefined>;
  readonly theirs: Remote<List<Session>>;
  look(person: string | undefined): Promise<void>;
  end(session: string): Promise<Fault | undefined>;
  endOthers(): Promise<Fault | undefined>;
  endAllOf(person: string): Promise<Fault | undefined>;
  moreAudit(): Promise<Fault | undefined>;
  /** A new secret; the one before counts for a while, or no more. */
  rotate(keepOld: boolean): Promise<Fault | undefined>;
  retire(): Promise<Fault | undefined>;
  dispose(): void;
}

export function createSecurity(http: Http, router: Router, session: SignedIn, site: Remote<Site>): Security {
  const looking = signal<string | undefined>();
  const own = createRemote(() => http<List<Session>>("GET", "/api/sessions"));
  const theirs = createRemote(() => http<List<Session>>("GET", `/api/agents/${looking.peek()}/sessions`));
  const audit = createRemote(() => http<List<AuditEntry>>("GET", "/api/audit"));
  const secret = () => `/api/sites/${session.site.peek()?.id}/secret`;

  const stop = effect(() => {
    const route = router.route.value;
    if (route.page !== "settings" || !session.site.value) return;
    if (route.section === "profile") void own.fetch();
    if (route.section === "audit") void audit.fetch();
  });

  const refresh = () => Promise.all([own.fetch(), looking.peek() === undefined ? undefined : theirs.fetch()]);
  const asked = async (method: "DELETE", path: string) => {
    const answer = await http(method, path);
    await refresh();
    return answer.ok ? undefined : answer.fault;
  };

  return {
    own,
    audit,
    looking,
    theirs,
    async look(person) {
      looking.value = person;
      theirs.put({ items: [] });
      if (person !== undefined) await theirs.fetch();
    },
    end: (id) => asked("DELETE", `/api/sessions/${id}`),
    endOthers: () => asked("DELETE", "/api/sessions"),
    endAllOf: (person) => asked("DELETE", `/api/agents/${person}/sessions`),
    async moreAudit() {
      const shown = audit.value.peek();
      if (shown?.cursor === undefined) return undefined;
      const answer = await http<List<AuditEntry>>("GET", `/api/audit?cursor=${shown.cursor}`);
      if (!answer.ok) return answer.fault;
      audit.put({ ...answer.value, items: [...shown.items, ...answer.value.items] });
      return undefined;
    },
    async rotate(keepOld) {
      const body = keepOld ? {} : { until: new Date(0).toISOString() };
      const answer = await http<Site>("POST", secret(), body);
      if (!answer.ok) return answer.fault;
      if (answer.value.id === session.site.peek()?.id) site.put(answer.value);
      return undefined;
    },
    async retire() {
      const answer = await http<Site>("DELETE", secret());
      if (!answer.ok) return answer.fault;
      if (answer.value.id === session.site.peek()?.id) site.put(answer.value);
      return undefined;
    },
    dispose: stop,
  };
}
