import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../../ui/icon.tsx";
import { plus } from "../../../ui/icons.ts";
import type { SavedReply } from "../../resources.ts";
import { useApp, useSentences } from "../context.ts";
import { AreaField, TextField } from "../fields.tsx";
import { useForm } from "../form.ts";
import { FailedLine } from "../nowhere.tsx";
import { Wrong } from "../wrong.tsx";
import { Sure } from "./sure.tsx";

/** Texts for what is asked again and again. */
export function RepliesPage() {
  const { replies } = useApp();
  const t = useSentences();
  const open = useSignal<string | undefined>(undefined);
  const all = replies.all.value;
  const close = () => {
    open.value = undefined;
  };
  return (
    <div class="settings">
      <h1>{t.sections.replies}</h1>
      <p>{t.repliesLead}</p>
      <div class="settings-head">
        <button type="button" class="btn btn-primary push" onClick={() => (open.value = "new")}>
          <Icon d={plus} size={16} />
          {t.newReply}
        </button>
      </div>
      <FailedLine fault={replies.fault.value} again={replies.fetch} />
      {open.value === "new" && <ReplyForm close={close} />}
      {all.length === 0 && open.value !== "new" && !replies.fault.value && (
        <p class="muted">{replies.loading.value ? t.loading : t.noReplies}</p>
      )}
      {all.length > 0 && (
        <ul class="cards">
          {all.map((reply) => (
            <li key={reply.id}>
              {open.value === reply.id ? (
                <ReplyForm reply={reply} close={close} />
              ) : (
                <button type="button" class="card-row" onClick={() => (open.value = reply.id)}>
                  <span class="badge badge-line">/{reply.name}</span>
                  <span class="clip muted shrink" dir="auto">
                    {reply.text}
                  </span>
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ReplyForm({ reply, close }: { reply?: SavedReply; close: () => void }) {
  const { replies } = useApp();
  const t = useSentences();
  const name = useSignal(reply?.name ?? "");
  const text = useSignal(reply?.text ?? "");
  const asking = useSignal(false);
  const fields = useRef<HTMLFormElement>(null);
  useEffect(() => fields.current?.querySelector("input")?.focus(), []);
  const form = useForm(async () => {
    const fault = await replies.save({
      ...(reply && { id: reply.id }),
      name: name.value.trim().replace(/^\//, ""),
      text: text.value.trim(),
    });
    if (!fault) close();
    return fault;
  });
  return (
    <form class="form-grid card-form" ref={fields} onSubmit={form.submit}>
      <TextField label={t.replyName} required value={name.value} onText={(value) => (name.value = value)} />
      <AreaField
        label={t.replyText}
        hint={t.replyTextHint}
        rows={5}
        value={text.value}
        onText={(value) => (text.value = value)}
      />
      <Wrong say={form.wrong} />
      <p class="inline">
        <button type="submit" class="btn btn-primary" disabled={form.busy || !text.value.trim()}>
          {t.save}
        </button>
        <button type="button" class="btn btn-quiet" onClick={close}>
          {t.cancel}
        </button>
        {reply && (
          <button type="button" class="btn btn-quiet btn-danger push" onClick={() => (asking.value = true)}>
            {t.remove}
          </button>
        )}
      </p>
      {reply && (
        <Sure
          asking={asking}
          say={t.removeReplySure(reply.name)}
          act={t.remove}
          onAct={() => replies.remove(reply.id)}
        />
      )}
    </form>
  );
}
