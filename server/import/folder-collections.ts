import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { parse, stringify } from "yaml";
import { ArticleLocale } from "../desk/articles/articles-input.ts";
import { CollectionName, CollectionNames, type NamesInput } from "../desk/articles/collection-names.ts";
import type { CollectionLine } from "../desk/articles/collections-import.ts";
import { RefusedFile } from "./article-file.ts";
import { COLLECTIONS } from "./folder-files.ts";

/** A collection as it stands in the file beside the articles: these by their paths, in their order. */
export interface FileCollection extends NamesInput {
  visibility: "public" | "internal";
  articles: string[];
}

const File = v.array(
  v.object({
    name: CollectionName,
    locale: v.optional(ArticleLocale),
    names: v.optional(CollectionNames),
    visibility: v.optional(v.picklist(["public", "internal"]), "internal"),
    articles: v.optional(v.pipe(v.array(v.string()), v.maxLength(200)), []),
  }),
);

/** The collections of a folder; none where there is no such file. Throws a {@link RefusedFile}. */
export async function readCollections(folder: string): Promise<FileCollection[]> {
  const text = await readFile(join(folder, COLLECTIONS), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw new RefusedFile(`it cannot be read (${error.code ?? error.message})`);
  });
  let raw: unknown;
  try {
    raw = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw new RefusedFile(`it is no YAML (${error instanceof Error ? error.message.split("\n")[0] : error})`);
  }
  const found = v.safeParse(File, raw ?? []);
  if (found.success) return found.output;
  const [issue] = found.issues;
  throw new RefusedFile(`it is wrong at ${v.getDotPath(issue) ?? "the top"}: ${issue.message}`);
}

/** Where there are none, there is no file. */
export async function writeCollections(folder: string, collections: readonly FileCollection[]): Promise<void> {
  if (collections.length > 0) await writeFile(join(folder, COLLECTIONS), stringify(collections, { lineWidth: 0 }));
}

/** A collection whose articles are named by what they are known by. Throws a {@link RefusedFile}. */
export function lineOf(
  { articles, ...said }: FileCollection,
  articleAt: ReadonlyMap<string, CollectionLine["articles"][number]>,
): CollectionLine {
  const found = articles.map((file) => {
    const article = articleAt.get(file.normalize("NFC"));
    if (!article) throw new RefusedFile(`“${said.name}” names ${file}, which is no article here`);
    return article;
  });
  return { ...said, articles: found };
}
