import type { View } from "../../../protocol/command.ts";
import type { Conversation } from "../../../protocol/conversation.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { givenName } from "../../../ui/initials.ts";
import { nameOf } from "../../names.ts";
import { useApp, useSentences } from "../context.ts";
import { Link } from "../link.tsx";
import { Tier } from "../tier.tsx";
import { Wait } from "./wait.tsx";

const TAGS_SHOWN = 2;

/** One conversation in the list. */
export function Row({ row, view, current }: { row: Conversation; view: View; current: boolean }) {
  const t = useSentences();
  const { latest, read, tags = [] } = row;
  const unread = latest?.by === "visitor" && latest.seq > read.agents;
  return (
    <li>
      <Link
        class={unread ? "conv is-unread" : "conv"}
        to={{ page: "inbox", view, conversation: row.id }}
        aria-current={current ? "true" : undefined}
      >
        <Avatar name={nameOf(row, t)} size={32} />
        <div>
          <p class="conv-top">
            <span class="conv-name clip" dir="auto">
              {nameOf(row, t)}
            </span>
            <Tier tier={row.tier} />
            <Wait row={row} />
          </p>
          <Snippet row={row} />
          <p class="conv-end">
            {tags.slice(0, TAGS_SHOWN).map((tag) => (
              <span class="badge clip" key={tag}>
                {tag}
              </span>
            ))}
            {tags.length > TAGS_SHOWN && <span class="small muted">+{tags.length - TAGS_SHOWN}</span>}
            <Viewer row={row} />
          </p>
        </div>
      </Link>
    </li>
  );
}

function Snippet({ row: { latest, subject, locale } }: { row: Conversation }) {
  const { session } = useApp();
  const t = useSentences();
  const me = session.agent.value?.name;
  const text = latest?.text || (latest ? t.redacted : subject) || "";
  const said =
    latest?.by !== "agent"
      ? text
      : latest.name === me || !latest.name
        ? t.yourSnippet(text)
        : t.theirSnippet(givenName(latest.name), text);
  return (
    <p class="conv-snippet clip" lang={latest?.by === "visitor" ? locale : undefined} dir="auto">
      {said}
    </p>
  );
}

/** A colleague who looks at it or writes in it; writing says more. */
function Viewer({ row }: { row: Conversation }) {
  const { presence, session } = useApp();
  const t = useSentences();
  const me = session.agent.value?.id;
  const writer = presence.typing.value[row.id]?.find(({ kind, id }) => kind === "agent" && id !== me);
  const viewer = presence.viewing.value[row.id]?.find(({ id }) => id !== me);
  const who = writer ?? viewer;
  if (!who?.name) return null;
  const name = givenName(who.name);
  return (
    <span class="viewer">
      <Avatar name={who.name} avatar={who.avatar} size={16} />
      <span class="clip">{writer ? t.isReplying(name) : t.isViewing(name)}</span>
    </span>
  );
}
