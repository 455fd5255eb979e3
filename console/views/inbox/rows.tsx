import { useEffect, useRef } from "preact/hooks";
import { useApp, useSentences } from "../context.ts";
import { Row } from "./row.tsx";

/** The rows, and what stands there when there are none. */
export function Rows() {
  const { inbox, threads, session } = useApp();
  const t = useSentences();
  const list = useRef<HTMLUListElement>(null);
  const rows = inbox.rows.value;
  const current = threads.current.value?.id;
  const view = inbox.view.value;
  useEffect(() => {
    // J and K move out of sight otherwise.
    list.current?.querySelector("[aria-current]")?.scrollIntoView?.({ block: "nearest" });
  }, [current]);
  if (rows.length === 0) {
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
    <ul class="convs" ref={list}>
      {rows.map((row) => (
        <Row row={row} view={view} current={row.id === current} key={row.id} />
      ))}
      {inbox.more.value && (
        <li class="convs-more">
          <button type="button" class="btn btn-quiet btn-sm" onClick={() => void inbox.fetchMore()}>
            {t.more}
          </button>
        </li>
      )}
    </ul>
  );
}
