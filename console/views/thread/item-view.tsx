import type { Conversation } from "../../../protocol/conversation.ts";
import { Icon } from "../../../ui/icon.tsx";
import { search } from "../../../ui/icons.ts";
import { clock, day } from "../../../ui/when.ts";
import type { Item } from "../../models/items.ts";
import { useApp, useSentences } from "../context.ts";
import { Fact } from "./fact.tsx";
import { MessageView } from "./message-view.tsx";
import { NoteView } from "./note-view.tsx";
import { Rated } from "./rated.tsx";

const BRIEF_LETTERS = 60;

/** One line of the thread, whatever it is. */
export function ItemView({ item, conversation }: { item: Item; conversation: Conversation }) {
  const { locale, clock: time } = useApp();
  const t = useSentences();
  switch (item.kind) {
    case "day":
      return <li class="day">{day(item.at, locale.value, time.now.value)}</li>;
    case "searched":
      return (
        <li class="event">
          <Icon d={search} size={14} />
          <span>
            {t.searched(brief(item.asked.q), item.asked.shown.length)} · {clock(item.at, locale.value)}
          </span>
        </li>
      );
    case "message":
      return <MessageView message={item} conversation={conversation} />;
    case "note":
      return <NoteView note={item} />;
    case "rated":
      return <Rated event={item.event} />;
    case "fact":
      return <Fact event={item.event} conversation={conversation} />;
    default:
      return item satisfies never;
  }
}

/** A search is often a whole message, which stands below it anyway. */
function brief(words: string): string {
  const letters = [...words];
  return letters.length > BRIEF_LETTERS ? `${letters.slice(0, BRIEF_LETTERS).join("").trimEnd()}…` : words;
}
