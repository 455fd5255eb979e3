import { minuteOf } from "./conversations.ts";
import type { Db } from "./port.ts";

/** When a conversation began, and when an agent first answered in it. */
export interface FirstReply {
  asked: number;
  replied: number | null;
  /** Nobody waits for an answer that never came. */
  waiting: number;
}

/** A site's newest conversations since a moment, newest first. */
export async function firstReplies(db: Db, site: number, since: number, limit: number): Promise<FirstReply[]> {
  return db.plain.all<FirstReply>(
    `select c.opened_at as asked,
      (select e.at from event e where e.conversation = c.id and e.stream = 0 and e.kind = 2 and e.type = 'posted'
       order by e.seq limit 1) as replied,
      case when c.waiting_since is not null and c.status = 'open' then 1 else 0 end as waiting
     from conversation c where c.site = ? and c.updated_minute >= ? and c.updated_at >= ? and c.opened_at >= ?
     order by c.updated_minute desc, c.updated_at desc limit ?`,
    site,
    minuteOf(since),
    since,
    since,
    limit,
  );
}

export interface WaitingRow {
  key: number;
  uid: Uint8Array;
  visitor: number;
  since: number;
}

/** Who waits for anybody at all to answer: nobody has taken these on. */
export async function waitingForAnybody(db: Db, site: number, since: number): Promise<WaitingRow[]> {
  return db.plain.all<WaitingRow>(
    `select id as key, uid, visitor, waiting_since as since from conversation
     where site = ? and updated_minute >= ? and updated_at >= ?
       and waiting_since is not null and assignee is null and status = 'open'`,
    site,
    minuteOf(since),
    since,
  );
}
