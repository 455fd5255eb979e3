import type { Db } from "./port.ts";

/** What an article said at one time. */
export interface RevisionRow {
  id: number;
  article: number;
  title: string;
  body: string;
  at: number;
  agent_uid: Uint8Array | null;
  agent_name: string | null;
}

export interface NewRevision {
  article: number;
  title: string;
  body: string;
  agent: number | null;
  at: number;
}

const FROM = "from revision r left join agent a on a.id = r.agent";

/** Keeps what an article says now, and of its past the newest so many. */
export async function keep(db: Db, revision: NewRevision, kept: number): Promise<void> {
  await db.sql.insertInto("revision").values(revision).execute();
  await db.plain.run(
    `delete from revision where article = ? and id not in
     (select id from revision where article = ? order by id desc limit ?)`,
    revision.article,
    revision.article,
    kept,
  );
}

export async function any(db: Db, article: number): Promise<boolean> {
  return (await db.plain.get("select 1 from revision where article = ? limit 1", article)) !== undefined;
}

/** An article's revisions without their texts, the newest first. */
export async function list(db: Db, article: number): Promise<Omit<RevisionRow, "body">[]> {
  return db.plain.all(
    `select r.id, r.article, r.title, r.at, a.uid as agent_uid, a.name as agent_name ${FROM}
     where r.article = ? order by r.id desc`,
    article,
  );
}

export async function byKey(db: Db, key: number): Promise<RevisionRow | undefined> {
  return db.plain.get<RevisionRow>(
    `select r.id, r.article, r.title, r.body, r.at, a.uid as agent_uid, a.name as agent_name ${FROM} where r.id = ?`,
    key,
  );
}

export interface TranslationRow {
  uid: Uint8Array;
  grp: Uint8Array;
  locale: string;
  title: string;
  state: "draft" | "published";
  /** When its text last changed. */
  text_at: number;
}

/** The articles of a site that have translations, the oldest of each group first. */
export async function translations(db: Db, site: number): Promise<TranslationRow[]> {
  return db.plain.all<TranslationRow>(
    `select uid, grp, locale, title, state,
     coalesce((select max(at) from revision where revision.article = article.id), updated_at) as text_at
     from article where site = ?
     and grp in (select grp from article where site = ? group by grp having count(*) > 1) order by grp, id`,
    site,
    site,
  );
}
