import * as v from "valibot";
import { MintedId } from "../../../protocol/ids.ts";
import { LanguageTag, Time } from "../../../protocol/index.ts";

/*
 * What people and programs write about an article. `title`, `body`, `locale` must be there; the rest has a default.
 */

/** Characters of Markdown; the longest real article seen has 142,000. */
export const BODY_LENGTH = 400_000;
const TITLE_LENGTH = 300;
const SLUG_LENGTH = 120;
const CATEGORY_LENGTH = 300;
const QUESTION_LENGTH = 500;
const PATTERN_LENGTH = 500;
const LIST_LENGTH = 200;
const SOURCE_LENGTH = 1_000;
const FORMER_LENGTH = 1_000;

const Line = (longest: number) =>
  v.pipe(
    v.string(),
    v.transform((text) => text.replace(/\s+/g, " ").trim()),
    v.maxLength(longest),
  );

export const ArticleLocale = v.pipe(LanguageTag, v.transform(canonicalLocale));
export const Visibility = v.picklist(["public", "internal"]);
export const ArticleState = v.picklist(["draft", "published"]);

const fields = {
  title: v.pipe(Line(TITLE_LENGTH), v.nonEmpty("An article needs a title")),
  body: v.pipe(v.string(), v.maxLength(BODY_LENGTH)),
  locale: ArticleLocale,
  slug: v.optional(v.pipe(Line(SLUG_LENGTH), v.transform(slugFrom))),
  category: v.optional(v.nullable(Line(CATEGORY_LENGTH))),
  pages: v.optional(v.pipe(v.array(Line(PATTERN_LENGTH)), v.maxLength(LIST_LENGTH), v.transform(distinct))),
  questions: v.optional(v.pipe(v.array(Line(QUESTION_LENGTH)), v.maxLength(LIST_LENGTH), v.transform(distinct))),
  /** Shared by the translations of one article: its id, or any UUID. */
  group: v.optional(v.pipe(v.string(), v.uuid(), v.toLowerCase())),
  /** The file it came from, and its id there: what links between imported files are followed by. */
  source: v.optional(v.pipe(v.string(), v.maxLength(SOURCE_LENGTH))),
  sourceId: v.optional(v.pipe(v.string(), v.maxLength(100))),
};

/** An article as `POST` and `PUT` take it. What a `PUT` leaves out stays as it is. */
export const ArticleInput = v.object({
  ...fields,
  visibility: v.optional(Visibility),
  state: v.optional(ArticleState),
  /** The `updatedAt` of what was changed: where it was saved since, a `PUT` is refused as `stale` and nothing is lost. */
  was: v.optional(Time),
});
export type ArticleInput = v.InferOutput<typeof ArticleInput>;

/** A `POST` that is sent again with its `id` finds what the first one wrote. */
export const NewArticle = v.object({ ...ArticleInput.entries, id: v.optional(MintedId) });
export type NewArticle = v.InferOutput<typeof NewArticle>;

const Former = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(SOURCE_LENGTH));
/** Addresses that once led to an article: slugs and paths, with their language where it is another than the article's. */
export const FormerAddresses = v.array(v.union([Former, v.object({ slug: Former, locale: ArticleLocale })]));
export type FormerAddresses = v.InferOutput<typeof FormerAddresses>;

/** A line of an import: public and published unless it says otherwise. */
export const ArticleLine = v.object({
  ...fields,
  former: v.optional(v.pipe(FormerAddresses, v.maxLength(FORMER_LENGTH))),
  visibility: v.optional(Visibility, "public"),
  state: v.optional(ArticleState, "published"),
});
export type ArticleLine = v.InferOutput<typeof ArticleLine>;

/** An address made of words: letters and digits of any script, joined by hyphens. */
export function slugFrom(text: string): string {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return [...words]
    .slice(0, SLUG_LENGTH - 10)
    .join("")
    .replace(/-+$/, "");
}

function distinct(lines: string[]): string[] {
  return [...new Set(lines.filter((line) => line !== ""))];
}

/** A body without what a file does not keep: blank lines around it, and the way its lines end. */
export function trimmedBody(body: string): string {
  return body
    .replaceAll("\r\n", "\n")
    .replace(/^\s*\n/, "")
    .trimEnd();
}

/** `zh_cn`, `zh-cn` and `zh-CN` are one language. */
export function canonicalLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll("_", "-"))[0] ?? locale;
  } catch {
    return locale;
  }
}
