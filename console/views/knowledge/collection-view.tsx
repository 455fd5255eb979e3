import { useSignal } from "@preact/signals";
import { Icon } from "../../../ui/icon.tsx";
import { chevronLeft, globe, lock, plus } from "../../../ui/icons.ts";
import { nameFor, namesWanted } from "../../models/knowledge-collection-names.ts";
import { NEEDED } from "../../models/knowledge-collections.ts";
import type { Suggested } from "../../resources.ts";
import { saidOf } from "../../sentences/faults.ts";
import { useApp, useSentences } from "../context.ts";
import { Choice } from "../fields.tsx";
import { takeFocus } from "../focus.ts";
import { Failed, Nowhere } from "../nowhere.tsx";
import { IconButton } from "../tip.tsx";
import { Wrong } from "../wrong.tsx";
import { ArticleFinder } from "./article-finder.tsx";
import { CollectionNames } from "./collection-names.tsx";
import { CollectionOrder } from "./collection-order.tsx";
import { Delete } from "./delete.tsx";
import { Progress } from "./progress.tsx";
import { Reading } from "./reading.tsx";

/** One collection: its articles in their order, and the one that is being read beside them. */
export function CollectionView() {
  const { collections, course, router, session, locale } = useApp();
  const t = useSentences();
  const route = router.route.value;
  const needed = route.page === "collections" && route.collection === NEEDED;
  const collection = collections.current.value;
  const fault = collections.fault.value;
  if (!needed && !collection)
    return (
      <Nowhere title={t.collection} back={t.backToCollections} onBack={() => router.go({ page: "collections" })}>
        {collections.state.value === "ready" && fault ? (
          <Failed why={fault} again={collections.again} />
        ) : (
          <p class="muted">{collections.state.value === "loading" ? t.loading : t.collectionMissing}</p>
        )}
      </Nowhere>
    );
  const articles = course.articles.value;
  const called = collection && nameFor(collection, locale.value);
  const inEach = collection && namesWanted(collection, session.site.value?.locales ?? []).length > 1;
  const counts = needed || collection?.visibility === "internal";
  return (
    <div class="page page-course">
      <section class="course" aria-label={t.collection}>
        <header class="bar bar-back">
          <IconButton
            icon={chevronLeft}
            label={t.backToCollections}
            onClick={() => router.go({ page: "collections" })}
          />
          {needed || inEach ? (
            <h1 class="bar-title clip">{needed ? t.neededTitle : called || t.untitled}</h1>
          ) : (
            <>
              <h1 class="sr">{collection?.name || t.untitled}</h1>
              <input
                class="course-name"
                aria-label={t.collectionName}
                placeholder={t.collectionName}
                maxLength={200}
                dir="auto"
                value={collection?.name ?? ""}
                onInput={(event) => collections.edit({ type: "name", name: event.currentTarget.value })}
              />
            </>
          )}
        </header>
        <div class="course-body">
          {needed && <p class="small muted">{t.neededLead}</p>}
          {inEach && <CollectionNames collection={collection} />}
          {!needed && <Readers />}
          <Wrong say={fault && saidOf(fault, t)} />
          {counts && articles.length > 0 && (
            <Progress read={articles.filter(({ id }) => course.read.value.has(id)).length} of={articles.length} />
          )}
          <CollectionOrder articles={articles} fixed={needed} ticked={counts} />
          {!needed && <Add />}
          {!needed && (
            <div class="course-end">
              <Delete
                act={t.deleteCollection}
                sure={t.deleteCollectionSure}
                onDelete={() => void collections.remove()}
              />
            </div>
          )}
        </div>
      </section>
      <Reading ticked={counts} none={needed ? t.neededNone : t.collectionEmpty} />
    </div>
  );
}

/** A course for the team, or first steps for everyone. */
function Readers() {
  const { collections } = useApp();
  const t = useSentences();
  const visibility = collections.current.value?.visibility ?? "internal";
  return (
    <div>
      <Choice
        label={t.whoCanRead}
        options={[
          {
            id: "internal",
            text: (
              <>
                <Icon d={lock} size={16} />
                {t.visibility.internal}
              </>
            ),
          },
          {
            id: "public",
            text: (
              <>
                <Icon d={globe} size={16} />
                {t.visibility.public}
              </>
            ),
          },
        ]}
        value={visibility}
        onChange={(next) => collections.edit({ type: "visibility", visibility: next })}
      />
      <p class="hint">{visibility === "internal" ? t.courseHint : t.firstStepsHint}</p>
    </div>
  );
}

function Add() {
  const { collections } = useApp();
  const t = useSentences();
  const adding = useSignal<boolean | undefined>(undefined);
  const collection = collections.current.value;
  const add = ({ id, title, locale, visibility }: Suggested) =>
    collections.edit({ type: "add", article: { id, title, locale, visibility, state: "published" } });
  if (!adding.value)
    return (
      <p>
        <button
          type="button"
          class="btn btn-secondary btn-sm"
          // Into one that was just made, articles are put next.
          ref={adding.value === undefined && collection?.articles.length !== 0 ? null : takeFocus}
          onClick={() => {
            adding.value = true;
          }}
        >
          <Icon d={plus} size={14} />
          {t.addArticle}
        </button>
      </p>
    );
  return (
    <ArticleFinder
      start=""
      done
      hidden={({ id, visibility }) =>
        collection?.articles.some((one) => one.id === id) === true ||
        (collection?.visibility === "public" && visibility === "internal")
      }
      onChoose={add}
      onCancel={() => {
        adding.value = false;
      }}
    />
  );
}
