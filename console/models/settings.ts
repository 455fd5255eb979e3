import { computed, effect } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Role } from "../../protocol/people.ts";
import type { Http, Reach } from "../ports.ts";
import type { Agent, Install, Key, List, Site } from "../resources.ts";
import type { Upload } from "../upload.ts";
import { createRemote, type Remote } from "./remote.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

export interface Check {
  readonly script: "ok" | "fail";
  readonly ms: number;
  readonly install: Install;
  readonly first: boolean;
  readonly at: number;
}

export type SiteChange = Partial<
  Pick<
    Site,
    | "hours"
    | "patience"
    | "mail"
    | "name"
    | "origins"
    | "greeting"
    | "theme"
    | "locales"
    | "mode"
    | "files"
    | "helpHost"
    | "logo"
    | "labels"
    | "wording"
  >
>;

/** A new password takes the current one. */
export interface ProfileChange {
  readonly name?: string;
  readonly password?: string;
  readonly current?: string;
}

/** Everything under Settings, fetched when its page is opened. */
export interface Settings {
  readonly site: Remote<Site>;
  readonly people: Remote<List<Agent>>;
  readonly keys: Remote<List<Key>>;
  readonly check: Remote<Check>;
  changeSite(change: SiteChange): Promise<Fault | undefined>;
  addSite(site: { readonly name: string; readonly origins: readonly string[] }): Promise<Fault | undefined>;
  invite(by: { readonly email: string; readonly name: string; readonly role: Role }): Promise<Agent | Fault>;
  changeRole(id: string, role: Role): Promise<Fault | undefined>;
  /** A link for somebody who has not come in yet, or lost the password. The one before stops working. */
  inviteAgain(id: string): Promise<Agent | Fault>;
  /** One's own name and password. */
  changeProfile(change: ProfileChange): Promise<Fault | undefined>;
  /** One's own face. */
  changePhoto(photo: File): Promise<Fault | undefined>;
  removePhoto(): Promise<Fault | undefined>;
  removeAgent(id: string): Promise<Fault | undefined>;
  makeKey(key: { readonly name: string; readonly role: Role }): Promise<Key | Fault>;
  removeKey(id: string): Promise<Fault | undefined>;
  dispose(): void;
}

export function createSettings(
  http: Http,
  reach: Reach,
  router: Router,
  session: Session,
  now: () => number,
  upload: Upload,
): Settings {
  const here = computed(() => session.site.value?.id);
  const at = () => `/api/sites/${here.peek()}`;
  const site = createRemote(() => http<Site>("GET", at()), here);
  const people = createRemote(() => http<List<Agent>>("GET", "/api/agents"));
  const keys = createRemote(() => http<List<Key>>("GET", "/api/keys"));
  const check = createRemote(async () => {
    const began = now();
    const [script, install, first] = await Promise.all([
      reach("/widget.js"),
      http<Install>("GET", `${at()}/install`),
      http<List<unknown>>("GET", `${at()}/conversations?limit=1`),
    ]);
    if (!install.ok) return install;
    const wrote = first.ok && first.value.items.length > 0;
    const value: Check = {
      script: script ? "ok" : "fail",
      ms: now() - began,
      install: install.value,
      first: wrote,
      at: now(),
    };
    return { ok: true, value };
  }, here);

  const stop = effect(() => {
    const route = router.route.value;
    if (route.page !== "settings" || !session.site.value) return;
    if (route.section === "install") void Promise.all([site.fetch(), check.fetch()]);
    if (["appearance", "wording", "site", "hours", "mail"].includes(route.section)) void site.fetch();
    if (route.section === "people") void people.fetch();
    if (route.section === "keys") void keys.fetch();
  });

  return {
    site,
    people,
    keys,
    check,
    async changeSite(change) {
      const answer = await http<Site>("PATCH", at(), change);
      if (!answer.ok) return answer.fault;
      if (answer.value.id === here.peek()) site.put(answer.value);
      session.siteChanged(answer.value);
      return undefined;
    },
    async addSite(fields) {
      const answer = await http<Site>("POST", "/api/sites", fields);
      if (!answer.ok) return answer.fault;
      session.siteChanged(answer.value);
      session.choose(answer.value.id);
      return undefined;
    },
    async invite(by) {
      const answer = await http<Agent>("POST", "/api/agents", by);
      if (!answer.ok) return answer.fault;
      await people.fetch();
      return answer.value;
    },
    async changeRole(id, role) {
      const answer = await http<Agent>("PATCH", `/api/agents/${id}`, { role });
      await people.fetch();
      return answer.ok ? undefined : answer.fault;
    },
    async inviteAgain(id) {
      const answer = await http<Agent>("POST", `/api/agents/${id}/invitation`, {});
      return answer.ok ? answer.value : answer.fault;
    },
    async changeProfile(change) {
      const answer = await http<{ agent: Agent }>("PATCH", "/api/session", change);
      if (!answer.ok) return answer.fault;
      session.renamed(answer.value.agent);
      return undefined;
    },
    async changePhoto(photo) {
      const sent = await upload("/api/session/photo", photo);
      if (!sent.ok) return sent.fault;
      const answer = await http<{ agent: Agent }>("GET", "/api/session");
      if (!answer.ok) return answer.fault;
      session.renamed(answer.value.agent);
      return undefined;
    },
    async removePhoto() {
      const answer = await http<{ agent: Agent }>("DELETE", "/api/session/photo");
      if (!answer.ok) return answer.fault;
      session.renamed(answer.value.agent);
      return undefined;
    },
    async removeAgent(id) {
      const answer = await http("DELETE", `/api/agents/${id}`);
      await people.fetch();
      return answer.ok ? undefined : answer.fault;
    },
    async makeKey(key) {
      const answer = await http<Key>("POST", "/api/keys", key);
      if (!answer.ok) return answer.fault;
      await keys.fetch();
      return answer.value;
    },
    async removeKey(id) {
      const answer = await http("DELETE", `/api/keys/${id}`);
      await keys.fetch();
      return answer.ok ? undefined : answer.fault;
    },
    dispose: stop,
  };
}
