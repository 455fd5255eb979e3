import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useApp, useSentences } from "../context.ts";
import { onKeys } from "../keys.ts";
import { Row } from "./row.tsx";

/** The next rows are asked for this long before their place comes into sight, px. */
const AHEAD = "600px";

/** The rows, and what stands there when there are none. */
export function Rows() {
  const { inbox, threads, session } = useApp();
  const t = useSentences();
  const list = useRef<HTMLUListElement>(null);
  const rows = inbox.rows.value;
  const current = threads.current.value?.id;
  const view = inbox.view.value;
  const here = `${session.site.value?.id} ${view}`;
  const some = rows.length > 0;
  useLayoutEffect(() => {
    // Who was elsewhere comes back to where they were.
    if (some && list.current) list.current.scrollTop = inbox.scrolled.get(here) ?? 0;
  }, [here, some]);
  const shown = useRef(inbox.scrolled.has(here) ? current : undefined);
  useEffect(() => {
    // J and K move out of sight otherwise.
    if (current !== shown.current)
      list.current?.querySelector("[aria-current]")?.scrollIntoView?.({ block: "nearest" });
    shown.current = current;
  }, [current]);
  if (!some) {
    if (inbox.state.value === "loading" || !session.live.value) return <p class="list-none muted">{t.loading}</p>;
    if (inbox.state.value === "failed")
      return (
        <div class="list-none">
          <p>{t.listFailed}</p>
          <button type="button" class="btn btn-secondary btn-sm" onClick={inbox.refresh}>
            {t.tryAgain}
          </button>
        </div>
      );
    const found = inbox.query.value.trim() || inbox.tag.value !== undefined;
    return (
      <div class="list-none muted">
        <p>{found ? t.emptySearch : t.emptyViews[view]}</p>
        {!found && <p class="small">{t.emptyHint}</p>}
      </div>
    );
  }
  return (
    <ul
      class="convs"
      ref={list}
      onScroll={({ currentTarget }) => inbox.scrolled.set(here, currentTarget.scrollTop)}
      onKeyDown={onKeys((event) => {
        const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        const links = [...event.currentTarget.querySelectorAll<HTMLElement>(".conv")];
        const next = by && links[links.indexOf(event.target as HTMLElement) + by];
        if (!next) return;
        next.focus();
        event.preventDefault();
      })}
    >
      {rows.map((row) => (
        <Row row={row} view={view} current={row.id === current} key={row.id} />
      ))}
      {inbox.more.value && <More key={rows.length} />}
    </ul>
  );
}

/** More is fetched as it comes near; where it does not come by itself, there is a button. */
function More() {
  const { inbox } = useApp();
  const t = useSentences();
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const item = end.current;
    if (!item) return;
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && void inbox.fetchMore(), {
      root: item.parentElement,
      rootMargin: AHEAD,
    });
    watch.observe(item);
    return () => watch.disconnect();
  }, []);
  return (
    <li class="convs-more" ref={end}>
      <button type="button" class="btn btn-quiet btn-sm" onClick={() => void inbox.fetchMore()}>
        {t.more}
      </button>
    </li>
  );
}
