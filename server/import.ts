import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import * as v from "valibot";
import { Refusal } from "../protocol/faults.ts";
import { databaseFile } from "./app.ts";
import { systemClock } from "./clock.ts";
import { ConfigError, readConfig } from "./config.ts";
import { createArticles } from "./desk/articles.ts";
import { ArticleLocale } from "./desk/articles-input.ts";
import { createSites } from "./desk/sites.ts";
import { importFolder } from "./import/folder.ts";
import { openSqlite } from "./store/sqlite.ts";

/*
 * `npm run import -- FOLDER --site KEY [--locale zh-Hans] [--dry-run]`: a folder of Markdown into a site's articles, on
 * the same database as the server, which may be running.
 */

const USAGE = "Usage: npm run import -- FOLDER --site KEY [--locale en] [--dry-run]";

class UsageError extends Error {}

async function run(args: readonly string[]): Promise<number> {
  const { folder, key, locale, dryRun } = read(args);
  const there = await stat(folder).catch(() => undefined);
  if (!there?.isDirectory()) throw new UsageError(`There is no folder ${folder}.`);
  const file = databaseFile(readConfig(process.env));
  if (!(await stat(file).catch(() => undefined))) {
    throw new UsageError(`There is no database at ${file}: start Deskbell once, or set DATA_DIR.`);
  }
  const store = await openSqlite(file);
  const bar = process.stdout.isTTY
    ? new SingleBar({ format: "{bar} {value}/{total} · {duration_formatted}" })
    : undefined;
  try {
    const sites = createSites({ store, clock: systemClock });
    const site = await sites.byPublicKey(key);
    const importer = createArticles({ store, clock: systemClock, sites }).importer(site, { dryRun });
    const started = performance.now();
    bar?.start(0, 0);
    const report = await importFolder(folder, {
      importer,
      locale,
      onProgress: (done, total) => {
        bar?.setTotal(total);
        bar?.update(done);
      },
    });
    bar?.stop();
    for (const { file: refused, why } of report.failed) console.log(`Refused ${refused}: ${why}.`);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const { created, updated, unchanged, failed } = report;
    console.log(
      `${dryRun ? "Nothing was written. It would be: " : ""}${created} created, ${updated} updated, ` +
        `${unchanged} unchanged, ${failed.length} refused, in ${seconds} s.`,
    );
    return failed.length > 0 ? 2 : 0;
  } finally {
    bar?.stop();
    await store.close();
  }
}

function read(args: readonly string[]) {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
  const { values, positionals } = parsed;
  const [folder, ...more] = positionals;
  if (!folder || more.length > 0 || !values.site) throw new UsageError(USAGE);
  if (!v.is(ArticleLocale, values.locale)) throw new UsageError(`--locale is a language like zh-Hans.\n${USAGE}`);
  return { folder, key: values.site, locale: values.locale, dryRun: values["dry-run"] };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      site: { type: "string" },
      locale: { type: "string", default: "en" },
      "dry-run": { type: "boolean", default: false },
    },
  });
}

if (import.meta.main) {
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    const plain = error instanceof UsageError || error instanceof ConfigError || error instanceof Refusal;
    console.error(plain ? error.message : error);
    process.exitCode = 1;
  }
}
