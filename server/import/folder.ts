import { readFile, stat } from "node:fs/promises";
import { basename, join, posix } from "node:path";
import { type Importer, reasonOf } from "../desk/articles/articles-import.ts";
import type { CollectionImporter } from "../desk/articles/collections-import.ts";
import type { PictureImporter } from "../desk/files/article-pictures.ts";
import { type FileArticle, RefusedFile, readArticleFile } from "./article-file.ts";
import { lineOf, readCollections } from "./folder-collections.ts";
import { COLLECTIONS, filesIn, isArticleFile, isPictureFile } from "./folder-files.ts";
import { encodePath, imagesIn, isElsewhere, linksIn, rewriteLinks, splitLink } from "./links.ts";

const LARGEST_BYTES = 2_000_000;

export interface ImportReport {
  created: number;
  updated: number;
  unchanged: number;
  /** Files that were refused, by their path in the folder. */
  failed: { file: string; why: string }[];
  /** Old addresses that lead to the articles now. */
  redirected: number;
  /** Pictures that were not here before. */
  pictures: number;
  /** Collections that were made or arranged anew. */
  collections: number;
  /** Where images of another help centre still come from, and how many. */
  images: Map<string, number>;
  /** What the owner should know beside that, in sentences. */
  notes: string[];
}

/** Nothing in a folder is an article by its name. */
export class NoArticles extends Error {
  override readonly name = "NoArticles";
}

/** How a site takes what stands in a folder. */
export interface FolderTakers {
  importer: Importer;
  pictures?: PictureImporter;
  collections?: CollectionImporter;
}

export interface FolderImport extends FolderTakers {
  /** For files that do not say theirs. */
  locale: string;
  /** The site's languages. */
  locales?: readonly string[];
  /** After each file. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Takes a folder of Markdown files into a site, file by file: one that is refused leaves no trace and stops nobody.
 * Pictures that they show come with them, and the collections last. A second run over the same files changes nothing.
 * Throws {@link NoArticles}.
 */
export async function importFolder(
  folder: string,
  { importer, pictures, collections, locale, locales, onProgress }: FolderImport,
): Promise<ImportReport> {
  const report = emptyReport();
  const all = await filesIn(folder, () => true);
  const files = all.filter(isArticleFile);
  if (files.length === 0) throw new NoArticles(`There is no Markdown file in ${folder}${leftOut(all, ", but ")}.`);
  const known = await knownFiles(folder, files, locale);
  const shown = createShownPictures(folder, all, pictures, report.failed);
  const spoken: string[] = [];
  for (const [index, file] of files.entries()) {
    try {
      const article = await readFileArticle(folder, file, locale);
      const body = await relinked(article, file.normalize("NFC"), known, shown);
      report[await importer.take({ ...article, body })]++;
      spoken.push(article.locale);
    } catch (error) {
      report.failed.push({ file, why: whyOf(error) });
    }
    onProgress?.(index + 1, files.length);
  }
  await importer.finish();
  if (locales) report.notes.push(...strangeLanguages(spoken, locales));
  report.notes.push(...shown.notes());
  const named = new Set(report.failed.map(({ file }) => file));
  const others = leftOut(all.filter((file) => !named.has(file)));
  if (others !== "") report.notes.push(`Left out by their names are ${others}.`);
  if (collections) await takeCollections(folder, collections, known, report);
  return { ...report, redirected: importer.redirected, pictures: pictures?.brought ?? 0 };
}

export function emptyReport(): ImportReport {
  return {
    created: 0,
    updated: 0,
    unchanged: 0,
    failed: [],
    redirected: 0,
    pictures: 0,
    collections: 0,
    images: new Map(),
    notes: [],
  };
}

/** What each file is known by here: its path, unless it says where it came from. A file that cannot be read is nobody's. */
type Known = ReadonlyMap<string, Pick<FileArticle, "locale" | "source">>;

async function knownFiles(folder: string, files: readonly string[], locale: string): Promise<Known> {
  const known = new Map<string, Pick<FileArticle, "locale" | "source">>();
  for (const file of files) {
    const article = await readFileArticle(folder, file, locale).catch(() => undefined);
    if (article) known.set(file.normalize("NFC"), { locale: article.locale, source: article.source });
  }
  return known;
}

/** Files that come in as nothing: who wrote an article into one should know. */
function leftOut(files: readonly string[], before = ""): string {
  const others = files.filter((file) => !isArticleFile(file) && !isPictureFile(file) && file !== COLLECTIONS);
  const [first] = others;
  if (first === undefined) return "";
  return `${before}${first}${others.length === 1 ? "" : ` and ${others.length - 1} more`}`;
}

/** Articles in a language that the site does not list are found by nobody who reads the site in its own. */
function strangeLanguages(spoken: readonly string[], locales: readonly string[]): string[] {
  const strange = Map.groupBy(spoken, (locale) => locale);
  return [...strange]
    .filter(([locale]) => !locales.includes(locale))
    .map(
      ([locale, { length }]) =>
        `Articles in ${locale}, which is none of the site's languages (${locales.join(", ")}): ${length}.`,
    );
}

/** One that is refused is named, and stops no other. */
async function takeCollections(folder: string, collections: CollectionImporter, known: Known, report: ImportReport) {
  const attempt = async <T>(work: () => Promise<T>) => {
    try {
      return await work();
    } catch (error) {
      report.failed.push({ file: COLLECTIONS, why: whyOf(error) });
      return undefined;
    }
  };
  for (const collection of (await attempt(() => readCollections(folder))) ?? []) {
    const outcome = await attempt(async () => collections.take(lineOf(collection, known)));
    if (outcome === "created" || outcome === "updated") report.collections++;
  }
}

interface ShownPictures {
  /** The address here of a picture that a file shows; nothing where the folder holds none there that is taken. */
  take(path: string): Promise<string | undefined>;
  notes(): string[];
}

/** A picture that is refused stays as it was written, and is named once. */
function createShownPictures(
  folder: string,
  files: readonly string[],
  pictures: PictureImporter | undefined,
  failed: ImportReport["failed"],
): ShownPictures {
  const there = new Map(files.map((file) => [file.normalize("NFC"), file]));
  const refused = new Set<string>();
  const missing = new Set<string>();
  const refuse = (file: string, why: string): undefined => {
    if (!refused.has(file)) failed.push({ file, why });
    refused.add(file);
  };
  return {
    async take(path) {
      const file = there.get(path.normalize("NFC"));
      if (file === undefined) missing.add(path);
      if (file === undefined || refused.has(file)) return undefined;
      if (!isPictureFile(file)) return refuse(file, "a picture is a PNG, JPEG, GIF, WebP or AVIF");
      return pictures?.take(join(folder, file), basename(file)).catch((error: unknown) => refuse(file, whyOf(error)));
    },
    notes() {
      const [first] = missing;
      return first === undefined ? [] : [`Pictures that are not in the folder, like ${first}: ${missing.size}.`];
    },
  };
}

/**
 * Links between files are links between paths; where one of the two came from elsewhere, its source says so. Pictures
 * are found as links are: beside the file, or from the root.
 */
async function relinked({ source, body }: FileArticle, file: string, known: Known, shown: ShownPictures) {
  const next = new Map<string, string>();
  const images = new Set(imagesIn(body));
  for (const href of linksIn(body)) {
    if (isElsewhere(href)) continue;
    const { path, rest } = splitLink(href);
    const target = path.startsWith("/") ? posix.normalize(path.slice(1)) : posix.join(posix.dirname(file), path);
    const picture = images.has(href) ? await shown.take(target) : undefined;
    const meant = known.get(posix.join(posix.dirname(file), path))?.source;
    if (picture !== undefined) next.set(href, picture);
    else if (meant !== undefined && (meant !== target || source !== file))
      next.set(href, `/${encodePath(meant)}${rest}`);
  }
  return rewriteLinks(body, (href) => next.get(href));
}

function whyOf(error: unknown): string {
  return error instanceof RefusedFile ? error.message : reasonOf(error);
}

async function readFileArticle(folder: string, file: string, locale: string): Promise<FileArticle> {
  const path = join(folder, file);
  const { size } = await stat(path);
  if (size > LARGEST_BYTES) throw new RefusedFile(`it is larger than ${LARGEST_BYTES / 1_000_000} MB`);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new RefusedFile(`it cannot be read (${error.code ?? error.message})`);
  });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new RefusedFile("it is not UTF-8 text");
  }
  if (text.includes("\0")) throw new RefusedFile("it is not text");
  // Names of files come in either normal form; links between them would miss otherwise.
  return readArticleFile(file.normalize("NFC"), text, locale);
}
