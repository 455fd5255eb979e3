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

/** When an article's text last changed; absent where it never did. */
export async function textAt(db: Db, article: number): Promise<number | undefined> {
  const row = await db.plain.get<{ at: number | null }>(
    "select max(at) as at from revision where article = ?",
    article,
  );
  return row?.at ?? undefined;
}

/** What an article said at a time: the newest revision until then, else the oldest there is. */
export async function asOf(db: Db, article: number, at: number) {
  const columns = "select title, body, at from revision where article = ?";
  type Text = Pick<RevisionRow, "title" | "body" | "at">;
  return (
    (await db.plain.get<Text>(`${columns} and at <= ? order by at desc, id desc limit 1`, article, at)) ??
    (await db.plain.get<Text>(`${columns} order by at, id limit 1`, article))
  );
}

export interface TranslationRow {
  uid: Uint8Array;
  grp: Uint8Array;
  locale: string;
  title: string;
  state: "draft" | "published";
  created_at: number;
  /** When its text last changed, if it ever did. */
  changed_at: number | null;
}

const TRANSLATION = `select uid, grp, locale, title, state, created_at,
  (select max(at) from revision where revision.article = article.id) as changed_at from article`;

/** The articles of a site that have translations, the oldest of each group first. */
export async function translations(db: Db, site: number): Promise<TranslationRow[]> {
  return db.plain.all<TranslationRow>(
    `${TRANSLATION} where site = ?
     and grp in (select grp from article where site = ? group by grp having count(*) > 1) order by grp, id`,
    site,
    site,
  );
}

/** Those that are, or translate, one of these. */
export async function translationsOfAny(db: Db, site: number, uids: readonly Uint8Array[]): Promise<TranslationRow[]> {
  if (uids.length === 0) return [];
  const places = uids.map(() => "?").join(", ");
  return db.plain.all<TranslationRow>(
    `${TRANSLATION} where site = ?
     and grp in (select grp from article where site = ? and uid in (${places})) order by grp, id`,
    site,
    site,
    ...uids,
  );
}

/** One group of them. */
export async function translationsOf(db: Db, site: number, group: Uint8Array): Promise<TranslationRow[]> {
  return db.plain.all<TranslationRow>(`${TRANSLATION} where site = ? and grp = ? order by id`, site, group);
}
