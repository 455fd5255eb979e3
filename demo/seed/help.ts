import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { parse } from "yaml";
import type { ArticleId } from "../../protocol/index.ts";
import type { AgentActor } from "../../server/desk/actors.ts";
import type { Desk } from "../../server/desk/desk.ts";
import type { Site } from "../../server/desk/sites/sites.ts";
import { PAGE_ARTICLES } from "./pages.ts";

const ENGLISH = join(import.meta.dirname, "../help-en/articles");
const CHINESE = join(import.meta.dirname, "articles-zh");
const LIST_LIMIT = 100;

interface Line {
  title: string;
  body: string;
  locale: string;
  source: string;
  sourceId?: string;
  category?: string;
  pages?: string[];
}

/** Takes in the English help centre and the shop's own Chinese articles. Resolves to the ids of all, by title. */
export async function importHelp(desk: Desk, owner: AgentActor, site: Site): Promise<ReadonlyMap<string, ArticleId>> {
  const lines = [...(await readArticles(ENGLISH, "en")), ...(await readArticles(CHINESE, "zh-Hans"))];
  const importer = desk.articles.importer(site);
  for (const line of lines) await importer.take({ ...line, pages: pagesOf(line.title) });
  await importer.finish();

  const ids = new Map<string, ArticleId>();
  for (let cursor: string | undefined; ; ) {
    const page = await desk.articles.list(owner, site.id, { limit: LIST_LIMIT, cursor });
    for (const { id, title } of page.items) ids.set(title, id as ArticleId);
    cursor = page.cursor;
    if (cursor === undefined) return ids;
  }
}

async function readArticles(folder: string, locale: string): Promise<Line[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".md"));
  const files = paths.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Promise.all(
    files.map(async (file) => {
      const source = relative(folder, file);
      const category = dirname(source) === "." ? {} : { category: dirname(source).replaceAll("/", " / ") };
      return { ...readArticle(await readFile(file, "utf8")), locale, source, ...category };
    }),
  );
}

/** The title stands in the front matter, else in the first heading. */
function readArticle(text: string): Pick<Line, "title" | "body" | "sourceId"> {
  const [, front, rest = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  if (front !== undefined) {
    const { title, id } = parse(front) as { title: string; id?: number | string };
    return { title: String(title), body: rest, ...(id !== undefined && { sourceId: String(id) }) };
  }
  const [, title = "", body = text] = /^# (.+)\n([\s\S]*)$/.exec(text) ?? [];
  return { title, body };
}

function pagesOf(title: string): string[] {
  return Object.entries(PAGE_ARTICLES)
    .filter(([, titles]) => titles.includes(title))
    .map(([path]) => path);
}
