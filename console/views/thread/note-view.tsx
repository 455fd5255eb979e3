import type { ComponentChildren } from "preact";
import { Icon } from "../../../ui/icon.tsx";
import { lock } from "../../../ui/icons.ts";
import { LinkedText } from "../../../ui/linked-text.tsx";
import { clock } from "../../../ui/when.ts";
import type { Note } from "../../models/items.ts";
import { useApp, useSentences } from "../context.ts";
import { NotSent } from "./not-sent.tsx";

/** What only the team sees: amber, and said so. */
export function NoteView({ note }: { note: Note }) {
  const { session, locale } = useApp();
  const t = useSentences();
  const { by, at, text, delivery, fault, key } = note;
  const name = by.id === session.agent.value?.id ? t.you : (by.name ?? t.somebody);
  return (
    <li class={delivery === "sending" ? "note is-waiting" : "note"}>
      <p class="note-label">
        <Icon d={lock} size={14} />
        {t.internalNote}
        <time dateTime={at}>
          {name} · {delivery === "sending" ? t.sending : clock(at, locale.value)}
        </time>
      </p>
      <p class="said" dir="auto">
        <Mentions text={text} />
      </p>
      {delivery === "failed" && <NotSent of={key} why={fault} />}
    </li>
  );
}

/** Teammates' names after an @ stand out. */
function Mentions({ text }: { text: string }) {
  const { session } = useApp();
  const names = session.colleagues.value.map(({ name }) => name).filter((name) => text.includes(`@${name}`));
  const parts: ComponentChildren[] = [];
  let rest = text;
  for (;;) {
    const found = names
      .map((name) => ({ name, at: rest.indexOf(`@${name}`) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
    if (!found) break;
    parts.push(<LinkedText text={rest.slice(0, found.at)} />, <span class="mention">@{found.name}</span>);
    rest = rest.slice(found.at + found.name.length + 1);
  }
  parts.push(<LinkedText text={rest} />);
  return <>{parts}</>;
}
