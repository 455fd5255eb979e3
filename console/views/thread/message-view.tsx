import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Conversation } from "../../../protocol/conversation.ts";
import { Icon } from "../../../ui/icon.tsx";
import { check, checkCheck, clock as clockIcon, fileText } from "../../../ui/icons.ts";
import { LinkedText } from "../../../ui/linked-text.tsx";
import { clock } from "../../../ui/when.ts";
import type { Message } from "../../models/items.ts";
import { authorOf } from "../../names.ts";
import { useApp, useSentences } from "../context.ts";
import { onKeys } from "../keys.ts";
import { useReturningFocus } from "../overlays/popover.tsx";
import { Files } from "./file.tsx";
import { NotSent } from "./not-sent.tsx";

const TICKS = { sending: clockIcon, sent: check, seen: checkCheck } as const;

/** A bubble, what hangs on it, and who said it when. */
export function MessageView({ message, conversation }: { message: Message; conversation: Conversation }) {
  const editing = useSignal(false);
  const { by, text, article, files, delivery, redacted, first } = message;
  const out = by.kind !== "visitor";
  const state = delivery === "failed" ? " is-failed" : delivery === "sending" ? " is-waiting" : "";
  return (
    <li class={`msg ${out ? "is-out" : "is-in"}${first ? "" : " is-next"}`}>
      {editing.value ? (
        <EditField message={message} done={() => (editing.value = false)} />
      ) : redacted ? (
        <Removed />
      ) : (
        text && (
          <div class={`bubble${state}`}>
            <p dir="auto" class="said" lang={out ? undefined : conversation.locale}>
              <LinkedText text={text} />
            </p>
          </div>
        )
      )}
      {article && (
        <a class="article-card" href={article.url} target="_blank" rel="noopener noreferrer">
          <Icon d={fileText} size={18} />
          <span class="row-text shrink">
            <span class="medium">{article.title}</span>
            {article.excerpt && <span class="small muted article-card-text">{article.excerpt}</span>}
          </span>
        </a>
      )}
      {files && <Files files={files} />}
      <Meta message={message} conversation={conversation} edit={() => (editing.value = true)} />
    </li>
  );
}

function Removed() {
  const t = useSentences();
  return (
    <div class="bubble is-removed">
      <p class="muted">{t.messageRemoved}</p>
    </div>
  );
}

function Meta(props: { message: Message; conversation: Conversation; edit: () => void }) {
  const { message, conversation, edit } = props;
  const { session, locale } = useApp();
  const t = useSentences();
  const { by, at, delivery, last, edited, redacted, mine, seq, key } = message;
  if (delivery === "failed") return <NotSent of={key} why={message.fault} />;
  const changeable = mine && !redacted && seq !== undefined;
  if (!last && !changeable && !edited) return null;
  const name = authorOf(by, session.agent.value?.id, conversation, t);
  const state = delivery === "sending" ? t.sending : delivery === "seen" ? t.seen : delivery === "sent" ? t.sent : "";
  return (
    <p class={last ? "meta" : "meta meta-inner"}>
      {changeable && seq !== undefined && <Changes seq={seq} edit={edit} />}
      {(last || edited) && (
        <span>{[name, clock(at, locale.value), edited && t.edited, state].filter(Boolean).join(" · ")}</span>
      )}
      {last && delivery && delivery in TICKS && <Icon d={TICKS[delivery]} size={14} />}
    </p>
  );
}

/** Shown while the message is pointed at or holds the focus. Removing asks once more: it cannot be undone. */
function Changes({ seq, edit }: { seq: number; edit: () => void }) {
  const { actions } = useApp();
  const t = useSentences();
  const asking = useSignal(false);
  if (asking.value)
    return (
      <span class="meta-ask">
        {t.redactSure}
        <button type="button" class="link" onClick={() => void actions.redact(seq)}>
          {t.redact}
        </button>
        <button type="button" class="link" onClick={() => (asking.value = false)}>
          {t.cancel}
        </button>
      </span>
    );
  return (
    <span class="meta-changes">
      <button type="button" class="link" onClick={edit}>
        {t.edit}
      </button>
      <button type="button" class="link" onClick={() => (asking.value = true)}>
        {t.redact}
      </button>
    </span>
  );
}

function EditField({ message, done }: { message: Message; done: () => void }) {
  const { actions } = useApp();
  const t = useSentences();
  const text = useSignal(message.text);
  const field = useRef<HTMLTextAreaElement>(null);
  useReturningFocus();
  useEffect(() => field.current?.focus(), []);
  const save = async () => {
    const written = text.value.trim();
    if (!written || message.seq === undefined) return;
    if (written === message.text || (await actions.edit(message.seq, written))) done();
  };
  return (
    <div class="edit">
      <textarea
        ref={field}
        class="field"
        dir="auto"
        rows={3}
        aria-label={t.edit}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
        onKeyDown={onKeys((event) => {
          if (event.key === "Escape") done();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void save();
        })}
      />
      <div class="edit-foot">
        <button type="button" class="btn btn-quiet btn-sm" onClick={done}>
          {t.cancel}
        </button>
        <button type="button" class="btn btn-primary btn-sm" onClick={() => void save()}>
          {t.save}
        </button>
      </div>
    </div>
  );
}
