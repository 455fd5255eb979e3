import { useMemo } from "preact/hooks";
import type { RichText } from "../../protocol/rich-text.ts";
import { mapLinks } from "../../protocol/rich-text-links.ts";
import { RichTextView } from "../../ui/rich-text.tsx";
import { pathOf } from "../models/routes.ts";

/**
 * An article's text as the console draws it. Links to other articles lead to them in the console, drafts and internal
 * ones too, in a tab of their own: whoever reads, writes or picks keeps their place.
 */
export function ArticleText({ body }: { body: RichText }) {
  const drawn = useMemo(
    () => mapLinks(body, (link) => [link.article === undefined ? link : { ...link, href: addressOf(link.article) }]),
    [body],
  );
  return <RichTextView body={drawn} />;
}

function addressOf(article: string): string {
  return new URL(pathOf({ page: "knowledge", article }), location.origin).href;
}
