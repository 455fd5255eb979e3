import { computed, type ReadonlySignal } from "@preact/signals";
import type { Fault } from "../../protocol/fault.ts";
import type { Http } from "../ports.ts";
import type { List, SavedReply } from "../resources.ts";
import { createMinted } from "./minted.ts";
import { createRemote } from "./remote.ts";
import type { Session } from "./session.ts";

const NONE: readonly SavedReply[] = [];

/** Saved replies of the site. */
export interface Replies {
  readonly all: ReadonlySignal<readonly SavedReply[]>;
  readonly loading: ReadonlySignal<boolean>;
  readonly fault: ReadonlySignal<Fault | undefined>;
  fetch(): Promise<void>;
  /** Makes one, or changes the one with `id`. */
  save(reply: { readonly id?: string; readonly name: string; readonly text: string }): Promise<Fault | undefined>;
  remove(id: string): Promise<Fault | undefined>;
}

export function createReplies(http: Http, session: Session): Replies {
  const here = computed(() => session.site.value?.id);
  const minted = createMinted();
  const path = () => `/api/sites/${here.peek()}/replies`;
  const list = createRemote(() => http<List<SavedReply>>("GET", path()), here);
  return {
    all: computed(() => list.value.value?.items ?? NONE),
    loading: computed(() => !list.value.value && !list.fault.value),
    fault: list.fault,
    fetch: list.fetch,
    async save({ id, ...fields }) {
      const answer = id
        ? await http<SavedReply>("PATCH", `/api/replies/${id}`, fields)
        : await http<SavedReply>("POST", path(), { ...fields, id: minted.idOf(path(), fields) });
      if (answer.ok && !id) minted.done();
      if (answer.ok) await list.fetch();
      return answer.ok ? undefined : answer.fault;
    },
    async remove(id) {
      const answer = await http("DELETE", `/api/replies/${id}`);
      if (answer.ok) await list.fetch();
      return answer.ok ? undefined : answer.fault;
    },
  };
}
