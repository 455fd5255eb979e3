import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { type Importer, reasonOf } from "../desk/articles/articles-import.ts";
import { canonicalLocale } from "../desk/articles/articles-input.ts";
import { nearness } from "../suggest/locales.ts";
import { emptyReport, type ImportReport } from "./folder.ts";
import { filesIn } from "./folder-files.ts";
import { htmlToMarkdown } from "./html-to-markdown.ts";

/*
 * Articles out of another help centre: its programming interface's answers, saved as they came. Each product's file in
 * `formats/` says how to read them; what follows is the same for all.
 */

/** An article as it was read from an export. */
export interface ForeignArticle {
  /** How the report names it. */
  name: string;
  locale: string;
  title: string;
  html: string;
  /** Where it stood. */
  address?: string | undefined;
  category?: string | undefined;
  visibility: "public" | "internal";
  state: "draft" | "published";
  /** Unique within the export, the same for all its translations. */
  source: string;
  /** What its old address carries. */
  sourceId: string;
}

export interface Refused {
  file: string;
  why: string;
}

export interface ForeignExport {
  articles: ForeignArticle[];
  refused: Refused[];
  /** What its owner should know, in sentences. */
  notes?: string[];
}

/** Reads the answers of one product's interface; `locale` is for articles that do not say theirs. */
export type ReadExport = (documents: readonly unknown[], locale: string) => ForeignExport;

export interface ForeignImport {
  importer: Importer;
  read: ReadExport;
  locale: string;
  /** The site's languages: `zh-cn` there is `zh-Hans` here. */
  locales: readonly string[];
  onProgress?: (done: number, total: number) => void;
}

/** A file that is no export at all. */
export class UnreadableExport extends Error {
  override readonly name = "UnreadableExport";
}

/** Takes a file of JSON, or a folder of them, into a site. What is refused is named and stops nobody. */
export async function importForeign(path: string, parts: ForeignImport): Promise<ImportReport> {
  const { importer, read, locale, locales, onProgress } = parts;
  const { articles, refused, notes = [] } = read(await documentsAt(path), locale);
  if (articles.length + refused.length === 0) {
    throw new UnreadableExport(`There is no article in ${path}: docs/import.md says what to save.`);
  }
  const report = { ...emptyReport(), failed: refused, notes };
  const { images } = report;
  const speak = chooseLocales(articles, locales);
  const links = createLinks(articles);
  for (const [index, article] of articles.entries()) {
    const { name, title, html, category, visibility, state, source, sourceId } = article;
    const at = { locale: speak(article.locale), source };
    try {
      const body = htmlToMarkdown(html, {
        link: (href) => links(article, href),
        image: (src) => {
          const whole = absolute(article, src);
          const host = URL.canParse(whole) ? new URL(whole).host : "";
          if (host) images.set(host, (images.get(host) ?? 0) + 1);
          return whole;
        },
      });
      if (body === "") throw new EmptyArticle();
      const former = formerPaths(article);
      const line = { title, body, visibility, state, sourceId, former, ...at, ...(category && { category }) };
      report[await importer.take(line)]++;
    } catch (error) {
      report.failed.push({ file: name, why: whyOf(error) });
    }
    onProgress?.(index + 1, articles.length);
  }
  await importer.finish();
  return { ...report, redirected: importer.redirected };
}

class EmptyArticle extends Error {}

function whyOf(error: unknown): string {
  if (error instanceof EmptyArticle) return "it has no text";
  // One such article would take all after it along.
  if (error instanceof RangeError) return "its elements lie too deep within one another";
  return reasonOf(error);
}

/** An id, which some write as a number. */
export const Id = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

/** Reads each item, or says why it cannot be read. */
export function readEach<S extends v.GenericSchema>(
  schema: S,
  items: readonly unknown[],
  take: (item: v.InferOutput<S>) => void,
  refused: Refused[],
): void {
  for (const [index, item] of items.entries()) {
    const parsed = v.safeParse(schema, item);
    if (parsed.success) {
      take(parsed.output);
      continue;
    }
    const { id, title } = (item ?? {}) as { id?: unknown; title?: unknown };
    const [issue] = parsed.issues;
    const name = typeof title === "string" ? `article ${id ?? index + 1} “${title}”` : `article ${id ?? index + 1}`;
    refused.push({ file: name, why: `${v.getDotPath(issue) ?? "it"}: ${issue.message}` });
  }
}

/** Every list with this name in the documents. */
export function listsOf(documents: readonly unknown[], name: string): unknown[] {
  return documents.flatMap((document) => {
    const list = document && typeof document === "object" ? (document as Record<string, unknown>)[name] : undefined;
    return Array.isArray(list) ? list : [];
  });
}

/** That not all pages of a list were saved, where its answers say how many items there are. */
export function missingPages(documents: readonly unknown[], name: string, count: string): string[] {
  const saved = new Set(listsOf(documents, name).map((item) => String((item as { id?: unknown } | null)?.id)));
  const said = documents
    .filter((document) => listsOf([document], name).length > 0)
    .map((document) => Number((document as Record<string, unknown>)[count]) || 0);
  const missing = said.reduce((most, one) => Math.max(most, one), 0) - saved.size;
  return missing > 0 ? [`Articles that are there and were not saved: ${missing}. Save all pages of the list.`] : [];
}

async function documentsAt(path: string): Promise<unknown[]> {
  const folder = (await stat(path)).isDirectory();
  const names = folder ? await filesIn(path, (name) => /\.json$/i.test(name)) : [""];
  if (names.length === 0) throw new UnreadableExport(`There is no .json file in ${path}.`);
  const read = async (name: string) => {
    const file = join(path, name);
    const text = (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new UnreadableExport(`${file} is no JSON.`);
    }
  };
  return Promise.all(names.map(read));
}

/** Languages as they are here: the site's own name for one, where no other language of the export wants the same. */
function chooseLocales(articles: readonly ForeignArticle[], wanted: readonly string[]): (locale: string) => string {
  const found = [...new Set(articles.map(({ locale }) => canonicalLocale(locale)))];
  const nearestWanted = (locale: string) => wanted.find((one) => nearness(one, locale) >= 2);
  return (locale) => {
    const here = canonicalLocale(locale);
    const wish = nearestWanted(here);
    const rivals = found.filter((other) => nearestWanted(other) === wish);
    return wish !== undefined && rivals.length === 1 ? wish : here;
  };
}

/** Links to articles of the same export become links between articles here; all others become whole addresses. */
function createLinks(articles: readonly ForeignArticle[]): (from: ForeignArticle, href: string) => string {
  const byPath = new Map<string, ForeignArticle>();
  const byId = new Map<string, ForeignArticle>();
  const hosts = new Set<string>();
  for (const article of articles) {
    byId.set(article.sourceId, article);
    for (const path of formerPaths(article)) byPath.set(path, article);
    if (article.address && URL.canParse(article.address)) hosts.add(new URL(article.address).host);
  }
  return (from, href) => {
    if (href.startsWith("#")) return href;
    const whole = absolute(from, href);
    if (!URL.canParse(whole)) return whole;
    const { host, pathname, hash } = new URL(whole);
    if (!hosts.has(host)) return whole;
    const id = /\/articles?\/(\w+)/.exec(pathname)?.[1] ?? "";
    const to = byPath.get(decoded(pathname)) ?? byId.get(id);
    return to ? `/${to.source}${hash}` : whole;
  };
}

function absolute({ address }: ForeignArticle, href: string): string {
  return URL.canParse(href, address) ? new URL(href, address).href : href;
}

function formerPaths({ address }: ForeignArticle): string[] {
  return address && URL.canParse(address)
    ? [decoded(new URL(address).pathname)].filter((path) => path.includes("/"))
    : [];
}

function decoded(pathname: string): string {
  const path = pathname.replace(/^\/+|\/+$/g, "");
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
