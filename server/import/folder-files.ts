import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";

/* What stands in a folder of articles. */

/** Where an export puts the pictures, and the collections. */
export const PICTURES = "pictures";
export const COLLECTIONS = "collections.yaml";

/** Whether a file is meant to be an article at all. */
export function isArticleFile(path: string): boolean {
  return /\.(md|markdown)$/i.test(path) && !/^(readme|license|changelog|contributing)\.md$/i.test(basename(path));
}

/** Whether a file is a picture, by its name. */
export function isPictureFile(path: string): boolean {
  return /\.(png|jpe?g|gif|webp|avif)$/i.test(path);
}

/** Paths of a folder's files of some kind, with `/`, sorted. Hidden files and links to elsewhere are left out. */
export async function filesIn(folder: string, isWanted: (path: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  const walk = async (below: string) => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile() && isWanted(path)) found.push(path);
    }
  };
  await walk("");
  return found.sort();
}
