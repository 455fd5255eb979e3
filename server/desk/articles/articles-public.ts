import { refuse } from "../../../protocol/faults.ts";
import type { ArticleCard, ArticleId, RichText } from "../../../protocol/index.ts";
import type { Clock } from "../../clock.ts";
import { toTime } from "../../clock.ts";
import * as store from "../../store/articles.ts";
import { toBytes, toId } from "../../store/ids.ts";
import type { Db, Store } from "../../store/port.ts";
import { putVerdict } from "../../store/verdicts.ts";
import { nearness } from "../../suggest/locales.ts";
import type { Files } from "../files/files.ts";
import { addressArticles, addressFiles, articlesIn } from "../markdown/markdown.ts";
import { withoutPersonal } from "../privacy.ts";
import { isId, type Site } from "../sites/sites.ts";
import { articlePath, helpAddress } from "./help-address.ts";
import { learnFromVerdict } from "./learning.ts";
import { note } from "./readings.ts";

const QUESTION_LENGTH = 300;

/** An article as anyone may read it. */
export interface PublicArticle {
  id: string;
  slug: string;
  title: string;
  locale: string;
  category?: string;
  excerpt: string;
  body: RichText;
  updatedAt: string;
  url: string;
}

export interface Verdict {
  solved: boolean;
  q?: string | undefined;
  session: string;
}

/** What visitors may know of the articles: the published, public ones. All others are `not-found`. */
export interface PublicArticles {
  /** By id, slug or former slug; of its translations the one nearest to `locale`. */
  read(site: Site, idOrSlug: string, locale?: string): Promise<PublicArticle>;
  verdict(site: Site, id: string, verdict: Verdict): Promise<void>;
  /** The card that goes with a message. */
  card(db: Db, site: Site, id: string): Promise<ArticleCard | undefined>;
  addressOf(site: Site, article: { locale: string; slug: string }): string;
}

export interface PublicArticlesParts {
  store: Store;
  clock: Clock;
  home: () => string | undefined;
  files?: Pick<Files, "moved"> | undefined;
}

export function createPublicArticles({ store: port, clock, home, files }: PublicArticlesParts): PublicArticles {
  const urlOf = (site: Site, article: { locale: string; slug: string }) =>
    `${helpAddress(site, home() ?? "")}${articlePath(article)}`;

  const opened = async (db: Db, site: Site, row: store.ArticleRow): Promise<PublicArticle> => {
    const rich = JSON.parse(row.rich) as RichText;
    const linked = await store.publicAddresses(db, site.key, [...articlesIn(rich)].map(toBytes));
    const addresses = new Map(linked.map((one) => [toId(one.uid), urlOf(site, one)]));
    return { ...aboutOf(site, row), body: addressArticles(rich, (id) => addresses.get(id)) };
  };
  const aboutOf = (site: Site, row: store.ArticleHead) => ({
    id: toId(row.uid),
    slug: row.slug,
    title: row.title,
    locale: row.locale,
    ...(row.category !== null && { category: row.category }),
    excerpt: row.excerpt,
    updatedAt: toTime(row.updated_at),
    url: urlOf(site, row),
  });

  return {
    async read(site, idOrSlug, locale) {
      const article = await port.read(async (db) => {
        const named = isId(idOrSlug) ? [await store.byUid(db, toBytes(idOrSlug))] : [];
        const rows = named.length > 0 ? named : await store.bySlugs(db, site.key, idOrSlug);
        const row =
          nearest(
            rows.filter((one) => isOpen(site, one)),
            locale,
          ) ?? refuse("not-found", "No such article");
        // The address names one translation; whoever reads another language gets that one, where there is one.
        const group = locale === undefined ? [] : await store.publicOfGroup(db, site.key, row.grp);
        return opened(db, site, nearest([row, ...group], locale) ?? row);
      });
      return files ? { ...article, body: await addressFiles(article.body, files.moved) } : article;
    },
    verdict: (site, id, { solved, q, session }) =>
      port.write(async (db) => {
        const row = isId(id) ? await store.byUid(db, toBytes(id)) : undefined;
        if (!isOpen(site, row)) return refuse("not-found", "No such article");
        const now = clock.now();
        const asked = q === undefined ? null : withoutPersonal(q).slice(0, QUESTION_LENGTH).toWellFormed();
        await putVerdict(db, { article: row.id, session, solved: Number(solved), q: asked, at: now });
        if (q === undefined) return;
        await learnFromVerdict(db, row.id, { q, solved, session }, now);
        await note(db, row, { q, solved, session }, now);
      }),
    async card(db, site, id) {
      const row = isId(id) ? await store.byUid(db, toBytes(id)) : undefined;
      if (!isOpen(site, row)) return undefined;
      return { id: toId<ArticleId>(row.uid), title: row.title, excerpt: row.excerpt, url: urlOf(site, row) };
    },
    addressOf: urlOf,
  };
}

function isOpen(site: Site, row: store.ArticleRow | undefined): row is store.ArticleRow {
  return row?.site === site.key && row.visibility === "public" && row.state === "published";
}

function nearest(rows: readonly store.ArticleRow[], locale: string | undefined): store.ArticleRow | undefined {
  const [first, ...others] = rows;
  if (!first || locale === undefined) return first;
  return others.reduce(
    (best, row) => (nearness(row.locale, locale) > nearness(best.locale, locale) ? row : best),
    first,
  );
}
