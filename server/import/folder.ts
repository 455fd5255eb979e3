import { readdir, readFile, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { type Importer, reasonOf } from "../desk/articles/articles-import.ts";
import { type FileArticle, isArticleFile, RefusedFile, readArticleFile } from "./article-file.ts";
import { encodePath, rewriteLinks, splitLink } from "./links.ts";

const LARGEST_BYTES = 2_000_000;

export interface ImportReport {
  created: number;
  updated: number;
  unchanged: number;
  /** Files that were refused, by their path in the folder. */
  failed: { file: string; why: string }[];
  /** Old addresses that lead to the articles now. */
  redirected: number;
  /** Where images of another help centre still come from, and how many. */
  images: Map<string, number>;
}

/** Remembers the old paths of an article that was taken; returns how many are new. */
export type Remember = (at: { locale: string; source: string }, paths: readonly string[]) => Promise<number>;

export interface FolderImport {
  importer: Importer;
  /** For files that do not say theirs. */
  locale: string;
  remember?: Remember;
  /** After each file. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Takes a folder of Markdown files into a site, file by file: one that is refused leaves no trace and stops nobody.
 * A second run over the same files changes nothing.
 */
export async function importFolder(
  folder: string,
  { importer, locale, remember, onProgress }: FolderImport,
): Promise<ImportReport> {
  const report: ImportReport = { created: 0, updated: 0, unchanged: 0, failed: [], redirected: 0, images: new Map() };
  const files = await articleFiles(folder);
  const sources = await sourcesOf(folder, files, locale);
  for (const [index, file] of files.entries()) {
    try {
      const { former, ...article } = await readFileArticle(folder, file, locale);
      const body = relinked(article, file.normalize("NFC"), sources);
      report[await importer.take({ ...article, body })]++;
      if (former && remember) report.redirected += await remember(article, former);
    } catch (error) {
      report.failed.push({ file, why: error instanceof RefusedFile ? error.message : reasonOf(error) });
    }
    onProgress?.(index + 1, files.length);
  }
  await importer.finish();
  return report;
}

/** Paths of a folder's articles, with `/`, sorted. Hidden files and links to elsewhere are left out. */
export async function articleFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (below: string) => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile() && isArticleFile(path)) found.push(path);
    }
  };
  await walk("");
  return found.sort();
}

/** What each file is known by here: its path, unless it says where it came from. A file that cannot be read is nobody's. */
async function sourcesOf(folder: string, files: readonly string[], locale: string): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for (const file of files) {
    const article = await readFileArticle(folder, file, locale).catch(() => undefined);
    if (article) sources.set(file.normalize("NFC"), article.source);
  }
  return sources;
}

/** Links between files are links between paths; where one of the two came from elsewhere, its source says so. */
function relinked({ source, body }: FileArticle, file: string, sources: ReadonlyMap<string, string>): string {
  return rewriteLinks(body, (href) => {
    const { path, rest } = splitLink(href);
    const target = posix.join(posix.dirname(file), path);
    const meant = sources.get(target);
    return meant === undefined || (meant === target && source === file) ? undefined : `/${encodePath(meant)}${rest}`;
  });
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
