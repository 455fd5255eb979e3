import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Refusal } from "../protocol/faults.ts";
import { systemClock } from "./clock.ts";
import { ConfigError, databaseFile, readConfig } from "./config.ts";
import { createArticles } from "./desk/articles/articles.ts";
import { exportedCollections } from "./desk/articles/collections-import.ts";
import { pictureAt } from "./desk/files/article-pictures.ts";
import { createSites } from "./desk/sites/sites.ts";
import { exportFolder, FolderInUse } from "./import/export-folder.ts";
import { openFiles } from "./open-files.ts";
import { LogError } from "./store/log-anew.ts";
import { openSqlite } from "./store/sqlite.ts";

/*
 * `npm run export -- FOLDER --site KEY`: all articles of a site as a folder of Markdown, which `npm run import` takes
 * back. On the same database as the server, which may be running.
 */

const USAGE = "Usage: npm run export -- FOLDER --site KEY";

class UsageError extends Error {}

async function run(args: readonly string[]): Promise<void> {
  const { folder, key } = read(args);
  const config = readConfig(process.env);
  const file = databaseFile(config);
  if (!(await stat(file).catch(() => undefined))) {
    throw new UsageError(`There is no database at ${file}: start Deskbell once, or set DATA_DIR.`);
  }
  // Whoever opens a damaged log first makes its new epoch: the server will not see the damage any more.
  const store = await openSqlite(file, { alarm: (what) => console.error(what) });
  try {
    const sites = createSites({ store, clock: systemClock });
    const site = await sites.byPublicKey(key);
    const articles = createArticles({ store, clock: systemClock, sites });
    const { files } = openFiles(store, config);
    const written = await exportFolder(folder, {
      articles: () => articles.export(site),
      picture: (address) => pictureAt(files, address),
      collections: () => exportedCollections(store, site),
      locale: site.settings.locales[0] ?? "en",
    });
    const { articles: count, pictures, collections } = written;
    console.log(`In ${folder}: articles ${count}, pictures ${pictures}, collections ${collections}.`);
  } finally {
    await store.close();
  }
}

function read(args: readonly string[]) {
  try {
    const options = { site: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [folder, ...more] = positionals;
    if (folder && more.length === 0 && values.site) return { folder, key: values.site };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
  throw new UsageError(USAGE);
}

if (import.meta.main) {
  try {
    const args = process.argv.slice(2);
    if (args.some((arg) => arg === "--help" || arg === "-h")) console.log(USAGE);
    else await run(args);
  } catch (error) {
    const plain = [UsageError, ConfigError, Refusal, FolderInUse, LogError].some((kind) => error instanceof kind);
    console.error(plain && error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
