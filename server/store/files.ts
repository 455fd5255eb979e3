import type { Insertable, Selectable } from "kysely";
import type { Db } from "./port.ts";
import type { Schema } from "./schema.ts";

export type FileRow = Selectable<Schema["file"]>;

/** Who uploads, in the log's own numbers. */
export interface FileAuthor {
  kind: number;
  author: number;
}

const SECRET = "files";

export async function insertFile(db: Db, values: Insertable<Schema["file"]>): Promise<FileRow> {
  return db.sql.insertInto("file").values(values).returningAll().executeTakeFirstOrThrow();
}

/** What an author once uploaded under an id. */
export async function fileSentAs(db: Db, { kind, author }: FileAuthor, id: Uint8Array): Promise<FileRow | undefined> {
  return db.plain.get<FileRow>("select * from file where kind = ? and author = ? and sent_as = ?", kind, author, id);
}

export async function fileByUid(db: Db, uid: Uint8Array): Promise<FileRow | undefined> {
  return db.plain.get<FileRow>("select * from file where uid = ?", uid);
}

/** The pictures of a site's articles, the oldest first. */
export async function articlePictures(db: Db, site: number): Promise<FileRow[]> {
  return db.plain.all<FileRow>("select * from file where site = ? and use = 'article' order by id", site);
}

/** How much an author uploaded since, and how many. */
export async function uploadedSince(db: Db, { kind, author }: FileAuthor, since: number) {
  const row = await db.plain.get<{ files: number; bytes: number | null }>(
    "select count(*) as files, sum(size) as bytes from file where kind = ? and author = ? and created_at > ?",
    kind,
    author,
    since,
  );
  return { files: Number(row?.files ?? 0), bytes: Number(row?.bytes ?? 0) };
}

/** How many bytes of a site wait for a message. */
export async function pendingBytes(db: Db, site: number): Promise<number> {
  const row = await db.plain.get<{ bytes: number | null }>(
    "select sum(size) as bytes from file where bound_at is null and site = ?",
    site,
  );
  return Number(row?.bytes ?? 0);
}

export async function bindFile(db: Db, id: number, conversation: number, at: number): Promise<void> {
  await db.plain.run("update file set conversation = ?, bound_at = ? where id = ?", conversation, at, id);
}

/** Files that nothing has taken, the oldest first. */
export async function pendingBefore(db: Db, before: number, limit: number): Promise<FileRow[]> {
  return db.plain.all<FileRow>(
    "select * from file where bound_at is null and created_at < ? order by created_at limit ?",
    before,
    limit,
  );
}

/** Whether an article, what it once said, or what somebody is writing of it names this address. */
export async function namedInArticles(db: Db, site: number, address: string): Promise<boolean> {
  const like = `%${address}%`;
  const found = await db.plain.get(
    `select 1 as found where exists (select 1 from article where site = ? and body like ?)
     or exists (select 1 from revision r join article a on a.id = r.article where a.site = ? and r.body like ?)
     or exists (select 1 from article_draft where site = ? and text like ?)`,
    site,
    like,
    site,
    like,
    site,
    like,
  );
  return found !== undefined;
}

export async function keepFile(db: Db, id: number, at: number): Promise<void> {
  await db.plain.run("update file set bound_at = ? where id = ?", at, id);
}

/** Forgets a file, and remembers that its bytes are to go. */
export async function dropFile(db: Db, { id, uid }: Pick<FileRow, "id" | "uid">, at: number): Promise<void> {
  await db.plain.run("delete from file where id = ?", id);
  await expectGone(db, uid, at);
}

/** Bytes under this name are removed from then on, unless a file has taken them. */
export async function expectGone(db: Db, uid: Uint8Array, at: number): Promise<void> {
  await db.plain.run("insert into file_gone (uid, due_at) values (?, ?)", uid, at);
}

export async function filesIn(db: Db, conversation: number): Promise<FileRow[]> {
  return db.plain.all<FileRow>("select * from file where conversation = ?", conversation);
}

export async function filesBy(db: Db, { kind, author }: FileAuthor): Promise<FileRow[]> {
  return db.plain.all<FileRow>("select * from file where kind = ? and author = ?", kind, author);
}

/** An agent's face. */
export async function photosOf(db: Db, { kind, author }: FileAuthor): Promise<FileRow[]> {
  return db.plain.all<FileRow>("select * from file where kind = ? and author = ? and use = 'photo'", kind, author);
}

export async function dueToGo(db: Db, now: number, limit: number): Promise<Uint8Array[]> {
  const rows = await db.plain.all<{ uid: Uint8Array }>(
    "select uid from file_gone where due_at <= ? limit ?",
    now,
    limit,
  );
  return rows.map(({ uid }) => uid);
}

export async function forgetGone(db: Db, uid: Uint8Array): Promise<void> {
  await db.plain.run("delete from file_gone where uid = ?", uid);
}

/** What signs the addresses of files. Made with `fresh` where there is none. */
export async function filesSecret(db: Db, fresh?: string): Promise<string | undefined> {
  const row = await db.sql.selectFrom("meta").select("value").where("key", "=", SECRET).executeTakeFirst();
  if (row || fresh === undefined) return row?.value;
  await db.sql.insertInto("meta").values({ key: SECRET, value: fresh }).execute();
  return fresh;
}
