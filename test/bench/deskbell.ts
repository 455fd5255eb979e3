import { join } from "node:path";
import { pino } from "pino";
import { importFolder } from "../../server/import/folder.ts";
import { start } from "../../server/start.ts";
import { report } from "./usage.ts";

/* Deskbell itself, on a folder of its own and without limits, with one site and one key for an agent. */

const ORIGIN = "http://bench.example";

const { app, url, close } = await start({
  env: {
    ...process.env,
    PORT: "0",
    HOST: "127.0.0.1",
    DESKBELL_LIMITS: "off",
    DESKBELL_OWNER_EMAIL: "owner@bench.example",
    DESKBELL_OWNER_PASSWORD: "only for the bench",
  },
  log: pino({ level: "error" }),
});
const { agent: owner } = await app.desk.sessions.signIn("owner@bench.example", "only for the bench");
const site = await app.desk.sites.create(owner, { name: "Bench", origins: [ORIGIN] });
const { token: key } = await app.desk.keys.make(owner, { name: "Bench", role: "agent" });
process.on("message", async (asked) => {
  if (asked !== "fill") return;
  const folder = join(import.meta.dirname, "../../demo/help-en/articles");
  const { created } = await importFolder(folder, { importer: app.desk.articles.importer(site), locale: "en" });
  process.send?.({ type: "filled", articles: created });
});
process.send?.({ type: "ready", url, site: site.publicKey, key });
report(
  async () => {
    await close();
    process.exit(0);
  },
  () => app.desk.messageSearch.caughtUp(),
);
