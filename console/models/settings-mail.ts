import { computed, effect } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Http } from "../ports.ts";
import { createRemote, type Remote } from "./remote.ts";
import type { Router } from "./router.ts";
import type { Session } from "./session.ts";

/** Whether the server sends mail, and from where. */
export interface MailState {
  readonly sends: boolean;
  readonly from?: string;
}

export interface MailSettings {
  readonly state: Remote<MailState>;
  /** Sends a letter to one's own address. */
  test(): Promise<Fault | undefined>;
  dispose(): void;
}

export function createMailSettings(http: Http, router: Router, session: Session): MailSettings {
  const here = computed(() => session.site.value?.id);
  const at = () => `/api/sites/${here.peek()}/mail`;
  const state = createRemote(() => http<MailState>("GET", at()), here);
  const stop = effect(() => {
    const route = router.route.value;
    if (route.page === "settings" && route.section === "mail" && session.site.value) void state.fetch();
  });
  return {
    state,
    async test() {
      const answer = await http("POST", `${at()}/test`, {});
      return answer.ok ? undefined : answer.fault;
    },
    dispose: stop,
  };
}
