import { dirname } from "node:path";
import * as v from "valibot";
import { parse } from "yaml";
import { canonicalLocale, FormerAddresses, trimmedBody } from "../desk/articles/articles-input.ts";

/** A file that cannot become an article, and why, in one sentence. */
export class RefusedFile extends Error {
  override readonly name = "RefusedFile";
}

/** What a file says of its article: a line as an import takes it. */
export interface FileArticle {
  title: string;
  body: string;
  locale: string;
  slug?: string;
  category?: string;
  visibility: "public" | "internal";
  state: "draft" | "published";
  pages?: string[];
  questions?: string[];
  /** Shared by the translations of one article. */
  group?: string;
  source: string;
  sourceId?: string;
  /** What once led to it. */
  former?: FormerAddresses;
}

const Words = v.union([v.string(), v.pipe(v.number(), v.transform(String))]);
const List = v.union([
  v.array(v.string()),
  v.pipe(
    v.string(),
    v.transform((text) => [text]),
  ),
]);
const FrontMatter = v.object({
  title: v.optional(Words),
  id: v.optional(Words),
  slug: v.optional(Words),
  locale: v.optional(v.string()),
  category: v.optional(Words),
  visibility: v.optional(v.picklist(["public", "internal"])),
  state: v.optional(v.picklist(["draft", "published"])),
  draft: v.optional(v.boolean()),
  pages: v.optional(List),
  questions: v.optional(List),
  keyword: v.optional(v.unknown()),
  keywords: v.optional(v.unknown()),
  group: v.optional(v.string()),
  source: v.optional(v.string()),
  former: v.optional(v.union([FormerAddresses, List])),
});

const FRONT = /^---[ \t]*\n(?:([\s\S]*?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const FENCE = /^\s*(?:```|~~~)/;
const HEADING = /^\s{0,3}(#{1,6})\s+(\S.*)?$/s;
const CLOSING = /(?<!\s)\s+#+$/;
const UNDERLINE = /^\s{0,3}(?:=+|-+)\s*$/;
const MARK = /(?<!\s)\s*\{:?\s*[#.][^\s{}]+(?:\s+[#.][^\s{}]+)*\s*\}\s*$/;
/** Parentheses within the address close before it does; no bracket is looked for twice. */
const LINK = /!?\[([^\][]*)\]\([^()]*(?:\([^()]*\)[^()]*)?\)/g;

/**
 * Reads a Markdown file. `source` is its path within the folder, with `/`: its folders are the category. The title is
 * the front matter's, else the first heading's, which then leaves the text. Throws a {@link RefusedFile}.
 */
export function readArticleFile(source: string, text: string, locale: string): FileArticle {
  const whole = text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  const { said, after } = frontMatterIn(whole);
  const heading = said.title === undefined ? firstHeading(after) : undefined;
  const title = said.title ?? heading?.title;
  if (!title?.trim()) throw new RefusedFile("it has no title: neither in front matter nor as a heading");
  const body = trimmedBody(heading?.rest ?? after);
  // Who says a title and a state means an article, though nothing is written in it yet.
  const meant = said.title !== undefined && said.state !== undefined;
  if (body === "" && !meant) throw new RefusedFile("it has no text beside its title");
  // What its author would have it found by is what it answers.
  const questions = [...(said.questions ?? []), ...keywordsOf(said.keyword), ...keywordsOf(said.keywords)];
  const folder = dirname(source);
  const category = said.category ?? (folder === "." ? undefined : folder.split("/").join(" / "));
  return {
    title: title.trim(),
    body,
    locale: canonicalLocale(said.locale ?? locale),
    ...(said.slug !== undefined && { slug: said.slug }),
    ...(category !== undefined && { category }),
    visibility: said.visibility ?? "public",
    state: said.state ?? (said.draft ? "draft" : "published"),
    ...(said.pages && { pages: said.pages }),
    ...(questions.length > 0 && { questions }),
    ...(said.group !== undefined && { group: said.group }),
    source: said.source ?? source,
    ...(said.id !== undefined && { sourceId: said.id }),
    ...(said.former && { former: said.former }),
  };
}

/** Keywords in a list, or in one line with commas. */
function keywordsOf(said: unknown): string[] {
  const listed = Array.isArray(said) ? said : typeof said === "string" ? said.split(/[,;，、；]/) : [];
  const words = listed.filter((word) => typeof word === "string" || typeof word === "number").map(String);
  return words.map((word) => word.trim()).filter(Boolean);
}

/** What front matter says, and the text after it. What lies between two rules and says nothing is text. */
function frontMatterIn(text: string): { said: v.InferOutput<typeof FrontMatter>; after: string } {
  const [front = "", yaml = ""] = FRONT.exec(text) ?? [];
  let raw: unknown;
  try {
    raw = parse(yaml, { maxAliasCount: 0 }) ?? {};
  } catch (error) {
    const [line = "it is no YAML"] = error instanceof Error ? error.message.split("\n") : [];
    throw new RefusedFile(`its front matter cannot be read: ${line.replace(/:$/, "")}`);
  }
  if (typeof raw !== "object" || Array.isArray(raw)) return { said: {}, after: text };
  const found = v.safeParse(FrontMatter, withoutBlanks(raw as object));
  if (found.success) return { said: found.output, after: text.slice(front.length) };
  const [issue] = found.issues;
  throw new RefusedFile(`its front matter is wrong at ${v.getDotPath(issue) ?? "the top"}: ${issue.message}`);
}

/** A key that stands there without a value says nothing; an empty category is none. */
function withoutBlanks(raw: object): object {
  const said = Object.entries(raw).map(([key, value]) => [key, key === "category" ? (value ?? "") : value] as const);
  return Object.fromEntries(said.filter(([, value]) => value !== null));
}

/**
 * The first heading outside of code, and the text without it. One of the first level wins over a smaller one before it;
 * one that stands below text titles the article and stays where it is.
 */
function firstHeading(text: string): { title: string; rest: string } | undefined {
  const lines = text.split("\n");
  let fenced = false;
  let blank = true;
  let smaller: (() => { title: string; rest: string }) | undefined;
  for (const [index, line] of lines.entries()) {
    if (FENCE.test(line)) fenced = !fenced;
    if (fenced) continue;
    const marked = HEADING.exec(line);
    const next = lines[index + 1] ?? "";
    const underlined = line.trim() !== "" && UNDERLINE.test(next) && !line.trimStart().startsWith("|");
    if (marked || underlined) {
      const top = marked ? marked[1] === "#" : next.trim().startsWith("=");
      const title = plain(marked ? (marked[2] ?? "").trimEnd().replace(CLOSING, "") : line);
      const first = blank;
      const found = () => {
        const taken = () => [...lines.slice(0, index), ...lines.slice(index + (marked ? 1 : 2))].join("\n");
        return { title, rest: first ? taken() : text };
      };
      if (title !== "" && top) return found();
      if (title !== "") smaller ??= found;
    }
    if (line.trim() !== "") blank = false;
  }
  return smaller?.();
}

/** A heading's words without Markdown's marks. */
function plain(heading: string): string {
  return heading
    .replace(MARK, "")
    .replace(LINK, "$1")
    .replace(/(\*\*|__|`)/g, "")
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~])/g, "$1")
    .trim();
}
