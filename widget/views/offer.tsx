import { Icon } from "../../ui/icon.tsx";
import { x } from "../../ui/icons.ts";
import { en } from "../../ui/locales/en-more.ts";
import { useApp, useDesk } from "../context.ts";
import { useEffect, useRef } from "../hooks.ts";
import { createOffer, waitingFor } from "../models/offer.ts";
import offerCss from "../styles/offer.css?inline";
import { View as Card, css as card } from "./article-card.tsx";

export const css = offerCss + card;
export const sentences = en;

/** An article for who waits: below their message, without a sound, and gone when they say so or an agent writes. */
export function View() {
  const { say, http, storage } = useApp();
  const { thread, log } = useDesk();
  const offer = useRef(createOffer({ http, storage, url: () => location.href })).current;
  const id = thread.current.value ?? "";
  const { conversation, events = [] } = log.talks.value.get(id)?.value ?? {};
  const waiting = conversation?.status === "open" ? waitingFor(events) : undefined;
  const q = waiting?.q;
  useEffect(() => {
    if (waiting) return offer.look(id, waiting);
  }, [id, q]);
  const { conversation: of, article } = offer.offered.value ?? {};
  const putAway = ({ currentTarget }: { currentTarget: Element }) => {
    currentTarget.closest<HTMLElement>(".panel-body")?.focus();
    offer.putAway(id);
  };
  if (!waiting || of !== id || !article) return null;
  return (
    <li class="offer">
      <div class="offer-line small muted">
        <span>{say("offer.title")}</span>
        <button type="button" class="icon-btn" aria-label={say("offer.away")} onClick={putAway}>
          <Icon d={x} size={16} />
        </button>
      </div>
      <Card article={article} />
    </li>
  );
}
