import { isDeepStrictEqual } from "node:util";
import * as v from "valibot";
import { refuse } from "../../../protocol/faults.ts";
import { MintedId } from "../../../protocol/ids.ts";
import { TEXT_LIMIT } from "../../../protocol/index.ts";
import type { Clock } from "../../clock.ts";
import { mintId, toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import {
  deleteSavedReply,
  insertSavedReply,
  type SavedReplyRow,
  savedReplies,
  savedReplyById,
  updateSavedReply,
} from "../../store/saved-replies.ts";
import type { AgentActor } from "../actors.ts";
import { sameSite } from "../sites/same-site.ts";
import { isId, type Sites } from "../sites/sites.ts";
import { audit } from "./audit.ts";

const Name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const Text = v.pipe(v.string(), v.minLength(1), v.maxLength(TEXT_LIMIT));

export const NewReply = v.object({ id: v.optional(MintedId), name: Name, text: Text });
export type NewReply = v.InferOutput<typeof NewReply>;
export const ReplyChange = v.object({ name: v.optional(Name), text: v.optional(Text) });
export type ReplyChange = v.InferOutput<typeof ReplyChange>;

export interface SavedReply {
  id: string;
  name: string;
  text: string;
}

/** What a site's agents need not write twice. Every one of them may add and change. */
export interface SavedReplies {
  list(by: AgentActor, site: string): Promise<SavedReply[]>;
  /** With an `id` of the client's own, what was saved under it before: as it is by now. */
  add(by: AgentActor, site: string, input: NewReply): Promise<SavedReply>;
  change(by: AgentActor, id: string, input: ReplyChange): Promise<SavedReply>;
  remove(by: AgentActor, id: string): Promise<void>;
}

export interface SavedRepliesParts {
  store: Store;
  clock: Clock;
  sites: Sites;
}

export function createSavedReplies({ store, clock, sites }: SavedRepliesParts): SavedReplies {
  return {
    async list(by, site) {
      const { key } = await sites.forAgent(by, site);
      return (await store.read((db) => savedReplies(db, key))).map(toReply);
    },
    async add(by, site, { id, name, text }) {
      const { key } = await sites.forAgent(by, site);
      const uid = toBytes(id ?? mintId(clock.now()));
      const row = await store.write(
        async (db) =>
          sameSite(await savedReplyById(db, uid), key) ?? insertSavedReply(db, { uid, site: key, name, text }),
      );
      return toReply(row);
    },
    change: (by, id, { name, text }) =>
      store.write(async (db) => {
        const row = await found(db, by, id);
        const changed = await updateSavedReply(db, row.id, { name: name ?? row.name, text: text ?? row.text });
        const [before, after] = [told(row), told(changed)];
        if (!isDeepStrictEqual(before, after)) {
          const target = toId(row.uid);
          await audit(db, clock.now(), by, {
            action: "reply.changed",
            site: row.site,
            target,
            name: row.name,
            before,
            after,
          });
        }
        return toReply(changed);
      }),
    remove: (by, id) =>
      store.write(async (db) => {
        const { id: key, uid, site, name } = await found(db, by, id);
        await deleteSavedReply(db, key);
        await audit(db, clock.now(), by, { action: "reply.removed", site, target: toId(uid), name });
      }),
  };
}

async function found(db: Db, by: AgentActor, id: string): Promise<SavedReplyRow> {
  const row = isId(id) ? await savedReplyById(db, toBytes(id)) : undefined;
  return row && by.sites.has(row.site) ? row : refuse("not-found", "No such saved reply");
}

/** As the audit log tells it. */
function told({ name, text }: SavedReplyRow) {
  return { name, text };
}

function toReply({ uid, name, text }: SavedReplyRow): SavedReply {
  return { id: toId(uid), name, text };
}
