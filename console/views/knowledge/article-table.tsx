import { Icon } from "../../../ui/icon.tsx";
import { lock } from "../../../ui/icons.ts";
import { relative } from "../../../ui/when.ts";
import type { ArticleRow } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { Heat } from "../heat.tsx";
import { Link } from "../link.tsx";
import { Answered } from "./answered.tsx";
import { Languages } from "./languages.tsx";

/** One row an article, whatever languages it is written in. */
export function ArticleTable() {
  const { knowledge, translations, locale, clock, figures } = useApp();
  const how = figures.ofGroups.value;
  const t = useSentences();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled with the arrow keys too
    <section class="table-wrap" aria-label={t.articles} tabIndex={0}>
      <table class="rows articles">
        <thead>
          <tr>
            <th>{t.article}</th>
            <th>{t.statusColumn}</th>
            <th>{t.heatColumn}</th>
            <th>{t.answeredColumn}</th>
            <th>{t.languageColumn}</th>
            <th>{t.editedColumn}</th>
          </tr>
        </thead>
        <tbody>
          {knowledge.items.value.map((article) => {
            const group = translations.of.value.get(article.id) ?? [article];
            const doing = how.get(article.group ?? article.id);
            return (
              <tr key={article.id}>
                <td>
                  <Link class="art-title" to={{ page: "knowledge", article: article.id }}>
                    {article.title || t.untitled}
                  </Link>
                  {article.category && <p class="small muted">{article.category}</p>}
                </td>
                <td>
                  <span class="inline">
                    <StateBadge article={article} />
                    {group.some(({ id }) => knowledge.begun.value.has(id)) && (
                      <span class="badge badge-accent">{t.unpublishedEdits}</span>
                    )}
                  </span>
                </td>
                <td>
                  <Heat share={doing?.heat ?? 0} title={t.heatOf} />
                </td>
                <td>
                  <Answered figures={doing} />
                </td>
                <td>
                  <Languages id={article.id} locale={article.locale} />
                </td>
                <td>
                  <time class="small muted" dateTime={article.updatedAt}>
                    {relative(article.updatedAt, locale.value, clock.now.value)}
                  </time>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {knowledge.more.value && (
        <p class="table-more">
          <button type="button" class="btn btn-quiet btn-sm" onClick={() => void knowledge.fetchMore()}>
            {t.more}
          </button>
        </p>
      )}
    </section>
  );
}

/** Whether visitors can read it. */
export function StateBadge({ article }: { article: Pick<ArticleRow, "state" | "visibility"> }) {
  const t = useSentences();
  return (
    <span class="inline">
      {article.state === "draft" ? (
        <span class="badge badge-line">{t.draft}</span>
      ) : (
        article.visibility === "public" && <span class="badge badge-ok">{t.published}</span>
      )}
      {article.visibility === "internal" && (
        <span class="badge badge-note">
          <Icon d={lock} size={12} />
          {t.visibility.internal}
        </span>
      )}
    </span>
  );
}
