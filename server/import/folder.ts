import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Importer, reasonOf } from "../desk/articles-import.ts";
import { type FileArticle, isArticleFile, RefusedFile, readArticleFile } from "./article-file.ts";

const LARGEST_BYTES = 2_000_000;

export interface ImportReport {
  created: number;
  updated: number;
  unchanged: number;
  /** Files that were refused, by their path in the folder. */
  failed: { file: string; why: string }[];
}

export interface FolderImport {
  importer: Importer;
  /** For files that do not say theirs. */
  locale: string;
  /** After each file. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Takes a folder of Markdown files into a site, file by file: one that is refused leaves no trace and stops nobody.
 * A second run over the same files changes nothing.
 */
export async function importFolder(
  folder: string,
  { importer, locale, onProgress }: FolderImport,
): Promise<ImportReport> {
  const report: ImportReport = { created: 0, updated: 0, unchanged: 0, failed: [] };
  const files = await articleFiles(folder);
  for (const [index, file] of files.entries()) {
    try {
      report[await importer.take(await readFileArticle(folder, file, locale))]++;
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
