import { useEffect, useRef } from "preact/hooks";
import type { ConversationId } from "../../../protocol/ids.ts";
import { FileName } from "../../../ui/file-name.tsx";
import { fileSize } from "../../../ui/file-size.ts";
import { Icon } from "../../../ui/icon.tsx";
import { fileText, paperclip, rotateCw, x } from "../../../ui/icons.ts";
import { fileX } from "../../../ui/icons-files.ts";
import type { Going } from "../../models/uploads.ts";
import { useApp, useSentences } from "../context.ts";
import { IconButton } from "../tip.tsx";

/** The paper clip: files chosen, pasted into the reply, or dropped on the thread. */
export function AttachButton({ conversation }: { conversation: ConversationId }) {
  const { uploads, composer } = useApp();
  const t = useSentences();
  const picker = useRef<HTMLInputElement>(null);

  useEffect(() => {
    const writer = picker.current?.closest<HTMLElement>(".writer");
    const pane = writer?.closest<HTMLElement>("main") ?? writer;
    if (!writer || !pane) return;
    const take = (event: Event, data: DataTransfer | null) => {
      const files = [...(data?.files ?? [])];
      // Office programs add a picture of the words that were copied: the words are meant.
      if (files.length === 0 || (event.type === "paste" && data?.types.includes("text/plain"))) return;
      event.preventDefault();
      uploads.add(conversation, files);
      composer.setMode("reply");
    };
    const paste = (event: ClipboardEvent) => take(event, event.clipboardData);
    const drop = (event: DragEvent) => {
      delete pane.dataset.drop;
      take(event, event.dataTransfer);
    };
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      pane.dataset.drop = "";
    };
    const leave = (event: DragEvent) => {
      if (!pane.contains(event.relatedTarget as Node | null)) delete pane.dataset.drop;
    };
    writer.addEventListener("paste", paste);
    pane.addEventListener("drop", drop);
    pane.addEventListener("dragover", over);
    pane.addEventListener("dragleave", leave);
    return () => {
      writer.removeEventListener("paste", paste);
      pane.removeEventListener("drop", drop);
      pane.removeEventListener("dragover", over);
      pane.removeEventListener("dragleave", leave);
    };
  }, [conversation]);

  return (
    <>
      <IconButton icon={paperclip} label={t.attachFile} onClick={() => picker.current?.click()} />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          uploads.add(conversation, [...(currentTarget.files ?? [])]);
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** What goes along with the reply: there already, on its way, or refused with its reason. */
export function Attached({ conversation }: { conversation: ConversationId }) {
  const { uploads, composer, locale } = useApp();
  const t = useSentences();
  const going = uploads.going.value.filter((one) => one.conversation === conversation);
  const { files = [] } = composer.draft.value;
  if (going.length + files.length === 0) return null;
  return (
    <ul class="writer-files">
      {files.map(({ id, name, size }) => (
        <li class="writer-file" key={id}>
          <Icon d={fileText} size={16} />
          <FileName name={name} />
          <span class="small muted">{fileSize(size, locale.value)}</span>
          <IconButton icon={x} size={16} label={t.removeFile(name)} onClick={() => composer.detachFile(id)} />
        </li>
      ))}
      {going.map((one) => (
        <OnItsWay one={one} key={one.id} />
      ))}
    </ul>
  );
}

function OnItsWay({ one: { id, file, done, fault } }: { one: Going }) {
  const { uploads, locale } = useApp();
  const t = useSentences();
  const percent = new Intl.NumberFormat(locale.value, { style: "percent" }).format(done);
  return (
    <li class={fault ? "writer-file is-failed" : "writer-file"} role={fault ? "alert" : undefined}>
      <Icon d={fault ? fileX : fileText} size={16} />
      <FileName name={file.name} />
      <span class="small muted">{fault ? t.fileRefused(fault) : percent}</span>
      {!fault && <progress class="progress" value={done} aria-label={file.name} style={{ "--v": done * 100 }} />}
      {fault?.retry === "after" && (
        <IconButton icon={rotateCw} size={16} label={t.tryAgain} onClick={() => uploads.again(id)} />
      )}
      <IconButton icon={x} size={16} label={t.removeFile(file.name)} onClick={() => uploads.drop(id)} />
    </li>
  );
}
