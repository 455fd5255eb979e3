import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { chevronDown, listFilter, search, x } from "../../../ui/icons.ts";
import { VIEWS } from "../../models/routes.ts";
import { useApp, useSentences } from "../context.ts";
import { onKeys } from "../keys.ts";
import { Chooser } from "../overlays/chooser.tsx";
import { Popover, useReturningFocus } from "../overlays/popover.tsx";
import { IconButton } from "../tip.tsx";
import { Rows } from "./rows.tsx";

const TABS = ["waiting", "mine", "unassigned"] as const;

/** The conversations of a view. */
export function InboxList() {
  const { inbox, router, overlays, session, threads, preferences } = useApp();
  const t = useSentences();
  const searching = useSignal(inbox.query.peek() !== "");
  const alone = threads.current.value === undefined;
  const view = inbox.view.value;
  const open = overlays.open.value;
  const tag = inbox.tag.value;
  return (
    // One element whatever its role: the list keeps its scroll and its search when a conversation opens beside it.
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name
    <div class="list" role={alone ? "main" : "complementary"} aria-label={t.conversations}>
      <div class="bar">
        <div class="anchor shrink">
          {/* biome-ignore lint/a11y/useSemanticElements: the level follows from what else is on the page */}
          <div class="bar-title" role="heading" aria-level={alone ? 1 : 2}>
            <button
              type="button"
              class="bar-choice"
              aria-label={`${t.views[view]}. ${t.chooseView}`}
              aria-expanded={open === "views"}
              onClick={() => overlays.toggle("views")}
            >
              <span class="clip">{t.views[view]}</span>
              <Icon d={chevronDown} size={16} />
            </button>
          </div>
          {open === "views" && (
            <Popover label={t.chooseView} class="popover-start">
              <Chooser
                label={t.chooseView}
                options={VIEWS.map((id) => ({ id, text: t.views[id], selected: id === view, hint: countOf(id) }))}
                onChoose={(id) => {
                  const chosen = VIEWS.find((view) => view === id);
                  overlays.close();
                  if (chosen) router.go({ page: "inbox", view: chosen });
                }}
              />
            </Popover>
          )}
        </div>
        <div class="bar-end">
          <IconButton
            icon={search}
            label={t.searchConversations}
            pressed={searching.value}
            onClick={() => {
              searching.value = !searching.value;
              inbox.query.value = "";
            }}
          />
          <div class="anchor">
            <IconButton
              icon={listFilter}
              label={t.filterByTag}
              pressed={tag !== undefined}
              expanded={open === "filter"}
              onClick={() => overlays.toggle("filter")}
            />
            {open === "filter" && (
              <Popover label={t.filterByTag}>
                <Chooser
                  label={t.filterByTag}
                  find={t.findTagOnly}
                  options={[
                    { id: "", text: t.allTags, selected: tag === undefined },
                    ...inbox.tags.value.map((id) => ({ id, text: id, selected: id === tag })),
                  ]}
                  onChoose={(id) => {
                    inbox.tag.value = id || undefined;
                    overlays.close();
                  }}
                />
              </Popover>
            )}
          </div>
        </div>
      </div>
      {preferences.away.value && (
        <p class="list-filter" role="status">
          <span class="badge badge-warn">{t.presences.away}</span>
          <button type="button" class="link small" onClick={() => (preferences.away.value = false)}>
            {t.comeBack}
          </button>
        </p>
      )}
      {searching.value && <SearchField close={() => (searching.value = false)} />}
      {tag !== undefined && (
        <p class="list-filter">
          <span class="badge badge-accent clip">{tag}</span>
          <button type="button" class="link small" onClick={() => (inbox.tag.value = undefined)}>
            {t.clear}
          </button>
        </p>
      )}
      <nav class="tabs" aria-label={t.chooseView}>
        {TABS.map((id) => (
          <button
            type="button"
            class="tab"
            key={id}
            aria-current={id === view ? "page" : undefined}
            onClick={() => router.go({ page: "inbox", view: id })}
          >
            {t.tabs[id]} <span class="num">{countOf(id)}</span>
          </button>
        ))}
      </nav>
      <Rows key={session.site.value?.id} />
    </div>
  );

  function countOf(id: (typeof VIEWS)[number]): string | undefined {
    const count = inbox.counts.value[id];
    return count && `${count.n}${count.more ? "+" : ""}`;
  }
}

function SearchField({ close }: { close: () => void }) {
  const { inbox, router } = useApp();
  const t = useSentences();
  const field = useRef<HTMLInputElement>(null);
  useReturningFocus();
  useEffect(() => field.current?.focus(), []);
  const end = () => {
    inbox.query.value = "";
    close();
  };
  return (
    <div class="list-search">
      <Icon d={search} size={16} />
      <input
        ref={field}
        type="search"
        class="shrink"
        aria-label={t.searchConversations}
        placeholder={t.searchConversations}
        value={inbox.query.value}
        onInput={(event) => {
          inbox.query.value = event.currentTarget.value;
        }}
        onKeyDown={onKeys((event) => {
          const [first] = inbox.rows.value;
          if (event.key === "Escape") end();
          else if (event.key === "Enter" && first)
            router.go({ page: "inbox", view: inbox.view.peek(), conversation: first.id });
          else if (event.key !== "ArrowDown") return;
          else document.querySelector<HTMLElement>(".conv")?.focus();
          event.preventDefault();
        })}
      />
      <IconButton icon={x} label={t.clear} size={16} onClick={end} />
    </div>
  );
}
