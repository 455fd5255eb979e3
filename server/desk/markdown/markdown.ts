import type { RichText } from "../../../protocol/rich-text.ts";
import { mapLinks } from "../../../protocol/rich-text-links.ts";
import { settleAnchors } from "./markdown-anchors.ts";
import { blocksOf } from "./markdown-blocks.ts";
import { withoutReferences } from "./markdown-footnotes.ts";
import type { ResolveLink } from "./markdown-links.ts";
import { excerptOf, plainOf } from "./markdown-plain.ts";
import { repairMarkdown } from "./markdown-repairs.ts";
import { tokensOf } from "./markdown-tokens.ts";
import { treeOf } from "./markdown-tree.ts";

/*
 * Markdown in, RichText out. markdown-it cuts the text into tokens (linear: 100 KB of anything in some tens of
 * milliseconds), HTML in it is read into the same tree, and the tree is read as blocks; whatever has no node of its own
 * in RichText leaves its words. Nothing of the source reaches a page as markup.
 */

export interface Rendered {
  rich: RichText;
  /** All words, for the search: those that the author hid from the page too, references to footnotes not. */
  plain: string;
  excerpt: string;
}

export interface Parsed {
  /** Addresses in links, as they stand in the text, each once. */
  links: readonly string[];
  render(resolve?: ResolveLink): Rendered;
}

/** Reads Markdown once; rendering waits until somebody knows where its links lead. */
export function parseMarkdown(source: string): Parsed {
  const tree = treeOf(tokensOf(repairMarkdown(source)));
  const links = new Set<string>();
  read(tree, (href) => {
    links.add(href);
    return undefined;
  });
  return {
    links: [...links],
    render(resolve = () => undefined) {
      const { blocks, hidden } = read(tree, resolve);
      const words = withoutReferences(blocks);
      return {
        rich: settleAnchors(blocks),
        plain: [plainOf(words), ...hidden].join("\n"),
        excerpt: excerptOf(words),
      };
    },
  };
}

/** Markdown whose links to other articles are nobody's to resolve: a page of our own, a test. */
export function renderMarkdown(source: string, resolve?: ResolveLink): Rendered {
  return parseMarkdown(source).render(resolve);
}

/** Ids of the articles that a text links to. */
export function articlesIn(rich: RichText): Set<string> {
  const found = new Set<string>();
  mapLinks(rich, (link) => {
    if (link.article !== undefined) found.add(link.article);
    return [link];
  });
  return found;
}

/** Writes today's addresses into links to articles; where there is none (deleted, a draft), the words stay, unless told otherwise. */
export function addressArticles(
  rich: RichText,
  addressOf: (article: string) => string | undefined,
  without: Parameters<typeof mapLinks>[1] = ({ children }) => children,
): RichText {
  return mapLinks(rich, (link) => {
    if (link.article === undefined) return [link];
    const address = addressOf(link.article);
    return address === undefined ? without(link) : [{ ...link, href: address + (link.href === "#" ? "" : link.href) }];
  });
}

/** Writes today's addresses of files that stood elsewhere when the text was written. `find` knows those that did. */
export async function addressFiles(
  rich: RichText,
  find: (addresses: ReadonlySet<string>) => Promise<ReadonlyMap<string, string>>,
): Promise<RichText> {
  const named = new Set<string>();
  const map = (today: (address: string) => string) =>
    mapLinks(
      rich,
      (link) => [{ ...link, href: today(link.href) }],
      (picture) => ({ ...picture, src: today(picture.src) }),
    );
  map((address) => {
    named.add(address);
    return address;
  });
  const moved = await find(named);
  return moved.size === 0 ? rich : map((address) => moved.get(address) ?? address);
}

function read(tree: ReturnType<typeof treeOf>, resolve: ResolveLink) {
  const about = { resolve, pending: [], hidden: [] as string[] };
  return { blocks: blocksOf(tree, about), hidden: about.hidden };
}
