import { Icon } from "../../../ui/icon.tsx";
import { listOrdered, plus, search } from "../../../ui/icons.ts";
import { type ArticleShelf, SHELVES } from "../../models/knowledge.ts";
import { useApp, useSentences } from "../context.ts";
import { Link } from "../link.tsx";
import { Failed, FailedLine } from "../nowhere.tsx";
import { ArticleTable } from "./article-table.tsx";
import { UnansweredView } from "./unanswered-view.tsx";

/** Everything that is written down. */
export function ArticleList() {
  const { knowledge, translations, unanswered } = useApp();
  const t = useSentences();
  const { items, state, fault } = knowledge;
  const untouched = !knowledge.query.value && knowledge.shelf.value === "all" && !knowledge.category.value;
  return (
    <div class="page">
      <main class="page-main">
        <header class="bar">
          <h1 class="bar-title">{t.knowledge}</h1>
          <div class="bar-end">
            <label class="search">
              <Icon d={search} size={16} />
              <span class="sr">{t.searchArticles}</span>
              <input
                type="search"
                class="shrink"
                placeholder={t.searchArticles}
                value={knowledge.query.value}
                onInput={(event) => {
                  knowledge.query.value = event.currentTarget.value;
                }}
              />
            </label>
            <Link class="btn btn-primary" to={{ page: "knowledge", article: "new" }}>
              <Icon d={plus} size={16} />
              <span>{t.newArticle}</span>
            </Link>
          </div>
        </header>
        <div class="filters">
          <nav class="inline" aria-label={t.statusColumn}>
            {SHELVES.map((id) => (
              <button
                type="button"
                class="tab"
                key={id}
                aria-current={knowledge.shelf.value === id ? "page" : undefined}
                onClick={() => {
                  knowledge.shelf.value = id;
                }}
              >
                {t.shelves[id]}
                {countOf(id) !== undefined && <span class="num muted">{countOf(id)}</span>}
              </button>
            ))}
            <Link class="tab" to={{ page: "collections" }}>
              <Icon d={listOrdered} size={16} />
              {t.collections}
            </Link>
            {/* On a phone they stand below all articles. */}
            <button
              type="button"
              class="tab only-narrow"
              onClick={() => document.getElementById("unanswered")?.scrollIntoView()}
            >
              <span>
                {t.unanswered} <span class="num muted">{unanswered.items.value.length || ""}</span>
              </span>
            </button>
          </nav>
          {knowledge.categories.value.length > 0 && (
            <select
              class="field filter-category"
              aria-label={t.category}
              value={knowledge.category.value ?? ""}
              onChange={(event) => {
                knowledge.category.value = event.currentTarget.value || undefined;
              }}
            >
              <option value="">{t.allCategories}</option>
              {knowledge.categories.value.map((category) => (
                <option value={category} key={category}>
                  {category}
                </option>
              ))}
            </select>
          )}
        </div>
        {items.value.length > 0 ? (
          <>
            <FailedLine class="table-wrong" fault={fault.value} again={knowledge.again} />
            <ArticleTable />
          </>
        ) : (
          <div class="page-none">
            {fault.value ? (
              <Failed why={fault.value} again={() => void knowledge.again()} />
            ) : state.value === "loading" ? (
              <p class="muted">{t.loading}</p>
            ) : (
              <>
                <p class="medium">{none()}</p>
                {untouched && <p class="muted">{t.noArticlesHint}</p>}
              </>
            )}
          </div>
        )}
      </main>
      <UnansweredView />
    </div>
  );

  function none(): string {
    if (untouched) return t.noArticlesYet;
    if (knowledge.shelf.value === "behind" && !knowledge.query.value && !knowledge.category.value) return t.noneBehind;
    return t.noArticles;
  }

  function countOf(shelf: ArticleShelf): number | undefined {
    return shelf === "behind" ? translations.behind.value : knowledge.counts.value[shelf];
  }
}
