import { randomBytes } from "node:crypto";
import { join } from "node:path";
import Database from "better-sqlite3";
import { pino } from "pino";
import { start } from "../../server/start.ts";
import { report } from "./usage.ts";

/* Deskbell with one site of as many articles and learned questions as its environment says; the words come from there too. */

const ORIGIN = "http://bench.example";
/** Of an article's words, so many are its own topic's; questions about it take most of theirs from those. */
const TOPIC_WORDS = 40;
const TOPIC_SHARE = 0.6;

const { ARTICLES = "1000", QUESTIONS = "10", WORDS = "some words", DATA_DIR = "" } = process.env;
const words = WORDS.split(" ");

const { app, url, close } = await start({
  env: {
    ...process.env,
    PORT: "0",
    HOST: "127.0.0.1",
    // Each typist is somebody else, by the address that they say they come from.
    TRUST_PROXY: "1",
    DESKBELL_LIMITS: "off",
    DESKBELL_OWNER_EMAIL: "owner@bench.example",
    DESKBELL_OWNER_PASSWORD: "only for the bench",
  },
  log: pino({ level: "error" }),
});
const { agent: owner } = await app.desk.sessions.signIn("owner@bench.example", "only for the bench");
const site = await app.desk.sites.create(owner, { name: "Bench", origins: [ORIGIN] });
const { token: key } = await app.desk.keys.make(owner, { name: "Bench", role: "agent" });
fill(Number(ARTICLES), Number(QUESTIONS));
report(async () => {
  await close();
  process.exit(0);
});
process.on("message", async (asked) => {
  if (asked !== "build") return;
  await app.desk.suggestions.warm(await app.desk.sites.byPublicKey(site.publicKey));
  process.send?.({ type: "built" });
});
process.send?.({ type: "ready", url, site: site.publicKey, key });

/** Writes to the file at once: what is measured is the index, not a million commands. */
function fill(articles: number, questionsEach: number): void {
  const database = new Database(join(DATA_DIR, "deskbell.db"));
  const { id } = database.prepare("select id from site order by id desc limit 1").get() as { id: number };
  const add = database.prepare(
    `insert into article (uid, site, grp, slug, locale, title, body, rich, plain, excerpt, visibility, state, pages, dangling,
     version, created_at, updated_at) values (?, ?, ?, ?, 'en', ?, '', '[]', ?, '', 'public', 'published', '[]', 0, ?, 0, 0)`,
  );
  const ask = database.prepare(
    "insert into question (article, text, weight, origin, created_at) values (?, ?, 1, 'conversation', 0)",
  );
  const random = createRandom(1);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  database.transaction(() => {
    for (let i = 0; i < articles; i++) {
      const topic = Array.from({ length: TOPIC_WORDS }, () => pick(words));
      const sentence = (length: number) =>
        Array.from({ length }, () => pick(random() < TOPIC_SHARE ? topic : words)).join(" ");
      const uid = randomBytes(16);
      const { lastInsertRowid } = add.run(uid, id, uid, `article-${i}`, sentence(6), sentence(80), i + 1);
      for (let k = 0; k < questionsEach; k++) ask.run(lastInsertRowid, sentence(8));
    }
    database.prepare("update site set articles_version = ? where id = ?").run(articles, id);
  })();
  // Or the server would move it all into its file at its first write, while it is measured.
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
}

/** The same words each time. */
function createRandom(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
