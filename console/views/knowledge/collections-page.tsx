import { Icon } from "../../../ui/icon.tsx";
import { chevronLeft, globe, lock, plus, trendingUp } from "../../../ui/icons.ts";
import { nameFor } from "../../models/knowledge-collection-names.ts";
import { type Collection, NEEDED, NEW } from "../../models/knowledge-collections.ts";
import { useApp, useSentences } from "../context.ts";
import { Link } from "../link.tsx";
import { FailedLine } from "../nowhere.tsx";
import { IconButton } from "../tip.tsx";
import { CollectionView } from "./collection-view.tsx";
import { NewCollection } from "./new-collection.tsx";
import { Progress } from "./progress.tsx";

/** All collections, or one of them. */
export function CollectionsPage() {
  const { router } = useApp();
  const route = router.route.value;
  if (route.page !== "collections" || !route.collection) return <List />;
  return route.collection === NEW ? <NewCollection /> : <CollectionView key={route.collection} />;
}

function List() {
  const { collections, course, router } = useApp();
  const t = useSentences();
  const items = collections.items.value;
  const needed = collections.needed.value;
  const fault = collections.fault.value;
  return (
    <main class="page-main page-alone">
      <header class="bar bar-back">
        <IconButton icon={chevronLeft} label={t.backToKnowledge} onClick={() => router.go({ page: "knowledge" })} />
        <h1 class="bar-title">{t.collections}</h1>
        <div class="bar-end">
          <Link class="btn btn-primary" to={{ page: "collections", collection: NEW }}>
            <Icon d={plus} size={16} />
            <span>{t.newCollection}</span>
          </Link>
        </div>
      </header>
      <div class="shelves">
        <p class="muted">{t.collectionsLead}</p>
        <FailedLine fault={fault} again={collections.again} />
        <ul class="shelf-list">
          {needed.length > 0 && (
            <li>
              <Link class="shelf-card" to={{ page: "collections", collection: NEEDED }}>
                <Icon d={trendingUp} size={18} />
                <span class="shelf-text">
                  <b class="medium">{t.neededTitle}</b>
                  <span class="small muted">{t.neededLead}</span>
                </span>
                <Progress read={course.progressOf(NEEDED, needed)} of={needed.length} />
              </Link>
            </li>
          )}
          {items.map((one) => (
            <li key={one.id}>
              <Card collection={one} />
            </li>
          ))}
        </ul>
        {items.length === 0 && collections.state.value === "loading" && <p class="muted">{t.loading}</p>}
        {items.length === 0 && collections.state.value === "ready" && !fault && <p>{t.collectionsNone}</p>}
      </div>
    </main>
  );
}

function Card({ collection }: { collection: Collection }) {
  const { course, locale } = useApp();
  const t = useSentences();
  const { id, visibility, articles } = collection;
  const own = visibility === "internal";
  return (
    <Link class="shelf-card" to={{ page: "collections", collection: id }}>
      <Icon d={own ? lock : globe} size={18} />
      <span class="shelf-text">
        <b class="medium">{nameFor(collection, locale.value) || t.untitled}</b>
        <span class="small muted">
          {own ? t.course : t.firstSteps} · {t.articlesIn(articles.length)}
        </span>
      </span>
      {own && articles.length > 0 && <Progress read={course.progressOf(id, articles)} of={articles.length} />}
    </Link>
  );
}
