import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import * as v from "valibot";
import { Refusal } from "../protocol/faults.ts";
import { systemClock } from "./clock.ts";
import { ConfigError, databaseFile, readConfig } from "./config.ts";
import { createArticles } from "./desk/articles/articles.ts";
import { ArticleLocale } from "./desk/articles/articles-input.ts";
import { createCollectionImporter } from "./desk/articles/collections-import.ts";
import { createPictureImporter } from "./desk/files/article-pictures.ts";
import { createSites } from "./desk/sites/sites.ts";
import { type ImportReport, importFolder, NoArticles } from "./import/folder.ts";
import { importForeign, UnreadableExport } from "./import/foreign.ts";
import { FORMATS } from "./import/formats/formats.ts";
import { openFiles } from "./open-files.ts";
import { LogError } from "./store/log-anew.ts";
import { openSqlite } from "./store/sqlite.ts";

/*
 * `npm run import -- FOLDER --site KEY [--locale zh-Hans] [--dry-run]`: a folder of Markdown into a site's articles, on
 * the same database as the server, which may be running. `--from` takes another help centre's export instead.
 */

const SOURCES = Object.keys(FORMATS).join("|");
const USAGE = `Usage: npm run import -- FOLDER --site KEY [--locale en] [--dry-run]
       npm run import -- FILE|FOLDER --from ${SOURCES} --site KEY [--locale en] [--dry-run]`;

class UsageError extends Error {}

async function run(args: readonly string[]): Promise<number> {
  const { path, key, locale, dryRun, from } = read(args);
  const there = await stat(path).catch(() => undefined);
  if (!there) throw new UsageError(`There is no ${from === undefined ? "folder" : "file or folder"} ${path}.`);
  if (from === undefined && !there.isDirectory()) {
    throw new UsageError(
      `${path} is no folder: name the folder it lies in, unpack it if it is an archive, or say with --from what it comes from.`,
    );
  }
  const config = readConfig(process.env);
  const file = databaseFile(config);
  if (!(await stat(file).catch(() => undefined))) {
    throw new UsageError(`There is no database at ${file}: start Deskbell once, or set DATA_DIR.`);
  }
  // Whoever opens a damaged log first makes its new epoch: the server will not see the damage any more.
  const store = await openSqlite(file, { alarm: (what) => console.error(what) });
  const bar = process.stdout.isTTY
    ? new SingleBar({ format: "{bar} {value}/{total} · {duration_formatted}" })
    : undefined;
  try {
    const sites = createSites({ store, clock: systemClock });
    const site = await sites.byPublicKey(key);
    const common = { store, clock: systemClock, site, dryRun };
    const importer = createArticles({ store, clock: systemClock, sites }).importer(site, { dryRun });
    const started = performance.now();
    bar?.start(0, 0);
    const onProgress = (done: number, total: number) => {
      bar?.setTotal(total);
      bar?.update(done);
    };
    const pictures = createPictureImporter({ ...common, ...openFiles(store, config) });
    const collections = createCollectionImporter(common);
    const report =
      from === undefined
        ? await importFolder(path, {
            importer,
            pictures,
            collections,
            locale,
            locales: site.settings.locales,
            onProgress,
          })
        : await importForeign(path, { importer, locale, onProgress, read: from, locales: site.settings.locales });
    bar?.stop();
    for (const { file: refused, why } of report.failed) console.log(`Refused ${refused}: ${why}.`);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const { created, updated, unchanged, failed } = report;
    console.log(
      `${dryRun ? "Nothing was written. It would be: " : ""}${created} created, ${updated} updated, ` +
        `${unchanged} unchanged, ${failed.length} refused, in ${seconds} s.`,
    );
    sayMore(report);
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
  const [path, ...more] = positionals;
  if (!path || more.length > 0 || !values.site) throw new UsageError(USAGE);
  if (!v.is(ArticleLocale, values.locale)) throw new UsageError(`--locale is a language like zh-Hans.\n${USAGE}`);
  const from = values.from === undefined ? undefined : FORMATS[values.from];
  if (values.from !== undefined && !from) throw new UsageError(`--from is ${SOURCES}.\n${USAGE}`);
  return { path, key: values.site, locale: values.locale, dryRun: values["dry-run"], from };
}

/** What an owner must know before the old help centre goes away. */
function sayMore({ redirected, images, pictures, collections, notes }: ImportReport): void {
  if (pictures > 0) console.log(`Pictures that come with them: ${pictures}.`);
  if (collections > 0) console.log(`Collections arranged: ${collections}.`);
  if (redirected > 0) console.log(`${redirected} old addresses lead to them.`);
  for (const note of notes) console.log(note);
  for (const [host, count] of images) console.log(`${count} images are still fetched from ${host}.`);
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      site: { type: "string" },
      from: { type: "string" },
      locale: { type: "string", default: "en" },
      "dry-run": { type: "boolean", default: false },
    },
  });
}

if (import.meta.main) {
  try {
    const args = process.argv.slice(2);
    if (args.some((arg) => arg === "--help" || arg === "-h")) console.log(USAGE);
    else process.exitCode = await run(args);
  } catch (error) {
    const plain = [UsageError, ConfigError, Refusal, UnreadableExport, NoArticles, LogError].some(
      (kind) => error instanceof kind,
    );
    console.error(plain && error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
