import type { Conversation } from "../../../protocol/conversation.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { fileText, hash, lock, slash, triangleAlert, x } from "../../../ui/icons.ts";
import { givenName } from "../../../ui/initials.ts";
import { shortNameOf } from "../../names.ts";
import { useApp, useSentences } from "../context.ts";
import { AT } from "../icons.tsx";
import { IconButton, Keys } from "../tip.tsx";
import { AttachButton, Attached } from "./attach.tsx";
import { HeldBack } from "./held-back.tsx";
import { MetBadge } from "./met-badge.tsx";
import { PickerView } from "./picker-view.tsx";
import { WritingField } from "./writing-field.tsx";

/** Where answers and notes are written. What it offers grows out of it upward, so the message stays in sight. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const { composer, brief, presence, session } = useApp();
  const t = useSentences();
  const { mode, article } = composer.draft.value;
  const note = mode === "note";
  const name = shortNameOf(conversation, t);
  const me = session.agent.value?.id;
  // Who answers the same question at the same time is told so before either has sent.
  const colleague = presence.typing.value[conversation.id]?.find(({ kind, id }) => kind === "agent" && id !== me);
  return (
    <div class={note ? "writer is-note" : "writer"}>
      <PickerView />
      <HeldBack conversation={conversation} />
      <div class="writer-tabs">
        <div class="inline writer-modes" role="tablist" aria-label={`${t.reply}, ${t.note}`}>
          {(["reply", "note"] as const).map((id) => (
            <button
              type="button"
              class="tab"
              role="tab"
              key={id}
              aria-selected={id === mode}
              aria-controls="writing"
              onClick={() => composer.setMode(id)}
            >
              {t[id]} <Keys keys={[id === "reply" ? "R" : "N"]} />
            </button>
          ))}
        </div>
        {colleague?.name && !note ? (
          <span class="writer-label writer-other">
            <Avatar name={colleague.name} avatar={colleague.avatar} size={16} />
            <span class="clip">{t.isReplying(givenName(colleague.name))}</span>
          </span>
        ) : (
          <span class="writer-label">
            {note && <Icon d={lock} size={14} />}
            <span class="clip">{note ? t.noteLabel(name) : t.replyTo(name, languageOf(conversation.locale))}</span>
          </span>
        )}
      </div>
      <WritingField conversation={conversation} />
      {!note && article && (
        <p class="writer-article">
          <Icon d={fileText} size={16} />
          <span class="clip shrink">{article.title}</span>
          <MetBadge article={article.id} />
          <IconButton icon={x} size={16} label={t.detach} onClick={composer.detach} />
        </p>
      )}
      {!note && <Attached conversation={conversation.id} />}
      {brief.value && (
        <p class="writer-alert" role="status">
          <Icon d={triangleAlert} size={16} />
          {t.brief}
        </p>
      )}
      <div class="writer-foot">
        {!note && <AttachButton conversation={conversation.id} />}
        <IconButton icon={slash} label={t.insertReply} onClick={() => composer.begin("/")} />
        <IconButton icon={hash} label={t.linkArticle} onClick={() => composer.begin("#")} />
        {note && <IconButton icon={AT} label={t.mentionTeammate} onClick={() => composer.begin("@")} />}
        <div class="send-group">
          <span class="keys only-wide">
            <Keys keys={["Mod", "Enter"]} />
          </span>
          <button
            type="button"
            class={note ? "btn btn-note" : "btn btn-primary"}
            // What a refused file stops can be pressed, and says so.
            disabled={
              (!composer.ready.value && !composer.awaited.value.some(({ fault }) => fault)) ||
              composer.held.value?.why === "unseen"
            }
            onClick={composer.send}
          >
            {note ? t.addNote : t.sendTo(name)}
          </button>
        </div>
      </div>
    </div>
  );

  function languageOf(locale: string | undefined): string {
    if (!locale) return "";
    try {
      return new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "language" }).of(locale) ?? "";
    } catch {
      return "";
    }
  }
}
