import type { Db } from "./port.ts";

/** Stands where an article's key would, of one that is not saved at all yet. */
export const NEW_ARTICLE = 0;

/** What one agent wrote of one article and did not save. */
export interface DraftRow {
  site: number;
  article: number;
  agent: number;
  /** JSON. */
  text: string;
  /** When the article it began from was saved; absent for a new one. */
  base: number | null;
  at: number;
}

type Place = Pick<DraftRow, "site" | "article" | "agent">;

export async function find(db: Db, { site, article, agent }: Place): Promise<DraftRow | undefined> {
  return db.plain.get<DraftRow>(
    "select * from article_draft where site = ? and article = ? and agent = ?",
    site,
    article,
    agent,
  );
}

export async function put(db: Db, draft: DraftRow): Promise<void> {
  const { text, base, at } = draft;
  await db.sql
    .insertInto("article_draft")
    .values(draft)
    .onConflict((found) => found.columns(["site", "article", "agent"]).doUpdateSet({ text, base, at }))
    .execute();
}

export async function remove(db: Db, { site, article, agent }: Place): Promise<void> {
  await db.sql
    .deleteFrom("article_draft")
    .where("site", "=", site)
    .where("article", "=", article)
    .where("agent", "=", agent)
    .execute();
}

export interface OthersRow {
  uid: Uint8Array;
  name: string;
  avatar: string | null;
  at: number;
}

/** Who else wrote of an article and has not saved it, the latest first. */
export async function others(db: Db, article: number, agent: number): Promise<OthersRow[]> {
  return db.plain.all<OthersRow>(
    `select a.uid, a.name, a.avatar, d.at from article_draft d join agent a on a.id = d.agent
     where d.article = ? and d.agent <> ? and a.removed_at is null order by d.at desc`,
    article,
    agent,
  );
}

/** The articles of a site that an agent has begun to change. */
export async function ofAgent(db: Db, site: number, agent: number): Promise<{ uid: Uint8Array | null; at: number }[]> {
  return db.plain.all<{ uid: Uint8Array | null; at: number }>(
    `select a.uid, d.at from article_draft d left join article a on a.id = d.article
     where d.site = ? and d.agent = ? order by d.at desc`,
    site,
    agent,
  );
}
