import { refuse } from "../../../protocol/faults.ts";
import type { RichText } from "../../../protocol/index.ts";
import * as store from "../../store/articles.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import type { AgentActor } from "../actors.ts";
import { addressArticles, articlesIn, parseMarkdown } from "../markdown/markdown.ts";
import { isId, type Site, type Sites } from "../sites/sites.ts";
import type { Articles } from "./articles.ts";
import { followLinks, type Standing } from "./articles-links.ts";
import { found } from "./articles-save.ts";

/** An agent asks after every pause in typing, so no more links than this are looked up. */
const LINKS = 500;

/** Markdown, and where it stands: in an article, or in one that will be written for a site. */
export interface PreviewInput {
  body: string;
  article?: string | undefined;
  site?: string | undefined;
  /** Which translation links lead to, if another than the article's own or the site's first. */
  locale?: string | undefined;
}

/** Markdown as it will be drawn. What is not the agent's is `not-found`. */
export interface Previews {
  /**
   * Links to other articles carry their ids, and their addresses where visitors may read them. Without an article or a
   * site nobody knows where they lead, and they are their words.
   */
  draw(by: AgentActor, input: PreviewInput): Promise<RichText>;
}

interface Place {
  site: Site;
  standing: Standing;
}

export function createPreviews(parts: { store: Store; sites: Sites; articles: Pick<Articles, "addressOf"> }): Previews {
  const { store: port, sites, articles } = parts;

  async function placeOf(db: Db, by: AgentActor, { article, site, locale }: PreviewInput): Promise<Place | undefined> {
    if (article !== undefined) {
      const row = await found(db, by.sites, isId(article) ? toBytes(article) : undefined);
      const own = (await sites.byKey(row.site)) ?? refuse("not-found", "No such article");
      return { site: own, standing: { ...row, locale: locale ?? row.locale } };
    }
    if (site === undefined) return undefined;
    const own = await sites.forAgent(by, site);
    return { site: own, standing: { site: own.key, locale: locale ?? own.settings.locales[0] ?? "en", source: null } };
  }

  return {
    async draw(by, input) {
      const parsed = parseMarkdown(input.body);
      return port.read(async (db) => {
        const place = await placeOf(db, by, input);
        if (!place) return parsed.render().rich;
        const { resolve } = await followLinks(db, place.standing, parsed.links.slice(0, LINKS));
        const { rich } = parsed.render(resolve);
        const open = await store.publicAddresses(db, place.site.key, [...articlesIn(rich)].map(toBytes));
        const addresses = new Map(open.map((one) => [toId(one.uid), articles.addressOf(place.site, one)]));
        return addressArticles(
          rich,
          (id) => addresses.get(id),
          (link) => [link],
        );
      });
    },
  };
}
