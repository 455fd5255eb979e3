import * as v from "valibot";
import { Time } from "../../protocol/index.ts";
import type { AgentActor } from "../desk/actors.ts";
import { ArticleState, Visibility } from "../desk/articles/articles-input.ts";
import type { Desk } from "../desk/desk.ts";

/** An article as lists have it. */
export const ListedBody = v.object({
  id: v.string(),
  group: v.string(),
  slug: v.string(),
  locale: v.string(),
  title: v.string(),
  excerpt: v.string(),
  category: v.optional(v.string()),
  visibility: Visibility,
  state: ArticleState,
  url: v.string(),
  createdAt: Time,
  updatedAt: Time,
});

/** A short list with the addresses at which its articles are read. */
export async function withAddresses(
  { articles, sites }: Pick<Desk, "articles" | "sites">,
  by: AgentActor,
  id: string,
  find: Desk["heat"]["needed"],
) {
  const site = await sites.forAgent(by, id);
  const items = await find(by, id);
  return { items: items.map((one) => ({ ...one, url: articles.addressOf(site, one) })) };
}
