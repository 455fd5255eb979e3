import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { stringify } from "yaml";
import type { ExportedArticle } from "../desk/articles/articles.ts";
import { trimmedBody } from "../desk/articles/articles-input.ts";
import type { ArticlePicture } from "../desk/files/article-pictures.ts";
import { type FileCollection, writeCollections } from "./folder-collections.ts";
import { isArticleFile, PICTURES } from "./folder-files.ts";
import { encodePath, isElsewhere, linksIn, rewriteLinks, splitLink } from "./links.ts";

/** Longest name of a file, in bytes: systems allow 255, and something may be added. */
const NAME_BYTES = 200;
/** Folders of another root that may stand before a path in a link. */
const FOREIGN_FOLDERS = 3;

export interface FolderExport {
  /** All articles of a site; read twice. */
  articles(): AsyncIterable<ExportedArticle>;
  /** The picture of ours at an address; nothing where it is none. */
  picture(address: string): Promise<ArticlePicture | undefined>;
  collections(): Promise<ExportedCollection[]>;
  /** The language whose files carry no mark of it. */
  locale: string;
}

export interface ExportedCollection extends Omit<FileCollection, "articles"> {
  articles: readonly Pick<ExportedArticle, "locale" | "slug">[];
}

/** How much was written. */
export interface FolderExported {
  articles: number;
  pictures: number;
  collections: number;
}

/** Why nothing is written. */
export class FolderInUse extends Error {
  override readonly name = "FolderInUse";
}

type Known = Pick<ExportedArticle, "locale" | "slug" | "category" | "source" | "group">;

/**
 * Writes all articles as Markdown files: folders are categories, front matter says the rest, links between articles are
 * relative, and what they show and how they are arranged lies beside them. An import of the folder makes the same again.
 */
export async function exportFolder(folder: string, parts: FolderExport): Promise<FolderExported> {
  const { articles, locale } = parts;
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new FolderInUse(`${folder} cannot be made a folder (${error.code ?? error.message}).`);
  });
  if ((await readdir(folder)).some((name) => !name.startsWith("."))) {
    throw new FolderInUse(`${folder} is not empty: what was deleted here would stay there.`);
  }
  const known = new Map<string, string>();
  const bySource = new Map<string, string>();
  const groups = new Map<string, number>();
  const taken = new Set<string>();
  for await (const article of articles()) {
    const path = freePath(article, locale, taken);
    known.set(keyOf(article), path);
    groups.set(article.group, (groups.get(article.group) ?? 0) + 1);
    if (article.source === undefined) continue;
    bySource.set(`${article.locale}\n${article.source}`, path);
    if (!bySource.has(article.source)) bySource.set(article.source, path);
  }
  const pictures = createWrittenPictures(folder, parts.picture);
  let count = 0;
  for await (const article of articles()) {
    const path = known.get(keyOf(article));
    // Written since the first look: it comes with the next export.
    if (path === undefined) continue;
    const front = frontMatter(article, path, (groups.get(article.group) ?? 0) > 1);
    const shown = await pictures.shownIn(article.body);
    const linked = linkTo(
      article,
      path,
      (source) => bySource.get(`${article.locale}\n${source}`) ?? bySource.get(source),
    );
    const body = rewriteLinks(article.body, (href) => relativeTo(path, shown.get(href)) ?? linked(href));
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `---\n${front}---\n\n${trimmedBody(body)}\n`);
    count++;
  }
  const collections = (await parts.collections()).map(({ articles: placed, ...said }) => ({
    ...said,
    articles: placed.flatMap((one) => known.get(keyOf(one)) ?? []),
  }));
  await writeCollections(folder, collections);
  return { articles: count, pictures: pictures.count, collections: collections.length };
}

/** Writes each picture once, under the name that it has. */
function createWrittenPictures(folder: string, picture: FolderExport["picture"]) {
  const written = new Map<string, string>();
  const taken = new Set<string>();
  const write = async (address: string): Promise<string | undefined> => {
    const found = await picture(address);
    const before = found && written.get(found.id);
    if (!found || before !== undefined) {
      await found?.body.cancel();
      return before;
    }
    const path = `${PICTURES}/${freeName(safeName(found.name), taken)}`;
    await mkdir(join(folder, PICTURES), { recursive: true });
    await writeFile(join(folder, path), found.body);
    written.set(found.id, path);
    return path;
  };
  return {
    /** Where the pictures of a text lie now, by their addresses in it. */
    async shownIn(body: string): Promise<Map<string, string>> {
      const shown = new Map<string, string>();
      for (const href of linksIn(body)) {
        const path = await write(href);
        if (path !== undefined) shown.set(href, path);
      }
      return shown;
    },
    get count() {
      return written.size;
    },
  };
}

function freeName(name: string, taken: Set<string>): string {
  const { name: stem, ext } = posix.parse(name);
  for (let count = 1; ; count++) {
    const free = count === 1 ? name : `${stem}-${count}${ext}`;
    if (taken.has(free.toLowerCase())) continue;
    taken.add(free.toLowerCase());
    return free;
  }
}

function relativeTo(path: string, target: string | undefined): string | undefined {
  return target === undefined ? undefined : encodePath(posix.relative(posix.dirname(path), target));
}

function frontMatter(article: ExportedArticle, path: string, shared: boolean) {
  const { title, locale, slug, category = "", visibility, state, pages, questions, group, source, sourceId } = article;
  const folder = posix.dirname(path);
  const implied = folder === "." ? "" : folder.split("/").join(" / ");
  const said = {
    title,
    locale,
    slug,
    ...(category !== implied && { category }),
    ...(visibility === "internal" && { visibility }),
    // A file without a text is taken for an article where it says so.
    ...((state === "draft" || trimmedBody(article.body) === "") && { state }),
    ...(pages.length > 0 && { pages }),
    ...(questions.length > 0 && { questions }),
    ...(shared && { group }),
    ...(sourceId !== undefined && { id: sourceId }),
    ...(source !== undefined && source !== path && { source }),
    ...(article.former && { former: article.former }),
  };
  return stringify(said, { lineWidth: 0 });
}

/** Links to articles of the export, as relative paths to their files. */
function linkTo(
  { source }: ExportedArticle,
  path: string,
  fileOf: (source: string) => string | undefined,
): (href: string) => string | undefined {
  return (href) => {
    if (isElsewhere(href)) return undefined;
    const { path: meant, rest } = splitLink(href);
    const target = sourcesMeant(source, meant)
      .map(fileOf)
      .find((file) => file !== undefined);
    if (target === undefined || posix.join(posix.dirname(path), meant) === target) return undefined;
    return `${relativeTo(path, target)}${rest}`;
  };
}

/** The sources that a link may mean, the likeliest first, as the server follows it. */
function sourcesMeant(source: string | undefined, path: string): string[] {
  const beside = !path.startsWith("/") && source !== undefined ? [posix.join(posix.dirname(source), path)] : [];
  const parts = posix.normalize(`/${path}`).split("/").filter(Boolean);
  const rooted = parts.slice(0, FOREIGN_FOLDERS).map((_, skip) => parts.slice(skip).join("/"));
  return [...beside, ...rooted].filter((one) => one !== "" && !one.startsWith(".."));
}

/** The file it came from, where it came from one; else its category's folders and its slug. */
function freePath(article: Known, mainLocale: string, taken: Set<string>): string {
  const { source, category, slug, locale } = article;
  const claim = (path: string) => {
    // Some file systems do not tell capitals apart.
    const key = path.toLowerCase();
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  };
  if (source !== undefined && isOwnPath(source) && claim(source)) return source;
  const folders = (category ?? "").split(" / ").map(safeName).filter(Boolean);
  const mark = locale === mainLocale ? "" : `.${locale}`;
  for (let count = 1; ; count++) {
    const name = `${cut(safeName(slug))}${count === 1 ? "" : `-${count}`}${mark}.md`;
    const path = [...folders, isArticleFile(name) ? name : `article-${name}`].join("/");
    if (claim(path)) return path;
  }
}

function isOwnPath(source: string): boolean {
  const parts = source.split("/");
  return isArticleFile(source) && parts.every((part) => part !== "" && safeName(part) === part && cut(part) === part);
}

/** Fit for a folder's or a file's name everywhere. */
function safeName(name: string): string {
  return cut(
    name
      .normalize("NFC")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
      .replace(/[\u0000-\u001f\\/:*?"<>|]+/g, "-")
      .replace(/^\.+/, "")
      .replace(/(?<![. ])[. ]+$/, "")
      .replace(/^node_modules$/, "node-modules"),
  );
}

function cut(name: string): string {
  let bytes = 0;
  let end = 0;
  for (const char of name) {
    bytes += Buffer.byteLength(char);
    if (bytes > NAME_BYTES) break;
    end += char.length;
  }
  return name.slice(0, end).toWellFormed();
}

function keyOf({ locale, slug }: Pick<Known, "locale" | "slug">): string {
  return `${locale}\n${slug}`;
}
