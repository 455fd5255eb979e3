import * as v from "valibot";

/*
 * Articles travel as a tree of typed nodes and become elements one by one: no HTML string reaches a page (DESIGN).
 * Types are written out, because a recursive schema cannot infer its own.
 */

export type Inline =
  | { type: "text"; text: string }
  | { type: "strong" | "emphasis" | "strike"; children: Inline[] }
  | { type: "code-span"; text: string }
  | {
      type: "link";
      href: string;
      children: Inline[] /** Set where the link leads to another article of the site. */;
      article?: string;
    }
  | { type: "image"; src: string; alt: string; width?: number; height?: number }
  | { type: "break" };

export type Block =
  | { type: "paragraph"; children: Inline[] }
  | { type: "heading"; level: 1 | 2 | 3 | 4 | 5 | 6; anchor?: string; children: Inline[] }
  | { type: "list"; ordered: boolean; start?: number; items: Block[][] }
  | { type: "code"; text: string; language?: string }
  | { type: "quote"; children: Block[] }
  | { type: "callout"; tone: "info" | "tip" | "warning" | "danger"; children: Block[] }
  | { type: "table"; head: Inline[][]; rows: Inline[][][]; align?: ("start" | "center" | "end" | null)[] }
  | { type: "rule" };

export type RichText = Block[];

/** Addresses that may stand in a link. */
export const LINK_PROTOCOLS = ["http:", "https:", "mailto:", "tel:"] as const;

const Href = v.pipe(
  v.string(),
  v.check((href) => /^(https?:|mailto:|tel:|#)/i.test(href), "expected an http, https, mailto or tel address"),
);

export const Inline: v.GenericSchema<Inline> = v.lazy(() =>
  v.union([
    v.object({ type: v.literal("text"), text: v.string() }),
    v.object({ type: v.picklist(["strong", "emphasis", "strike"]), children: v.array(Inline) }),
    v.object({ type: v.literal("code-span"), text: v.string() }),
    v.object({ type: v.literal("link"), href: Href, children: v.array(Inline), article: v.exactOptional(v.string()) }),
    v.object({
      type: v.literal("image"),
      src: v.pipe(v.string(), v.regex(/^https?:/i)),
      alt: v.string(),
      width: v.exactOptional(v.number()),
      height: v.exactOptional(v.number()),
    }),
    v.object({ type: v.literal("break") }),
  ]),
);

export const Block: v.GenericSchema<Block> = v.lazy(() =>
  v.union([
    v.object({ type: v.literal("paragraph"), children: v.array(Inline) }),
    v.object({
      type: v.literal("heading"),
      level: v.picklist([1, 2, 3, 4, 5, 6]),
      anchor: v.exactOptional(v.string()),
      children: v.array(Inline),
    }),
    v.object({
      type: v.literal("list"),
      ordered: v.boolean(),
      start: v.exactOptional(v.number()),
      items: v.array(v.array(Block)),
    }),
    v.object({ type: v.literal("code"), text: v.string(), language: v.exactOptional(v.string()) }),
    v.object({ type: v.literal("quote"), children: v.array(Block) }),
    v.object({
      type: v.literal("callout"),
      tone: v.picklist(["info", "tip", "warning", "danger"]),
      children: v.array(Block),
    }),
    v.object({
      type: v.literal("table"),
      head: v.array(v.array(Inline)),
      rows: v.array(v.array(v.array(Inline))),
      align: v.exactOptional(v.array(v.nullable(v.picklist(["start", "center", "end"])))),
    }),
    v.object({ type: v.literal("rule") }),
  ]),
);

export const RichText = v.array(Block);
