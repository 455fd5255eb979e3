import { accepts } from "../../ui/file-kinds.ts";
import { FileName } from "../../ui/file-name.tsx";
import { fileSize } from "../../ui/file-size.ts";
import { Icon } from "../../ui/icon.tsx";
import { fileText, x } from "../../ui/icons.ts";
import { camera, fileX, paperclip } from "../../ui/icons-files.ts";
import { useApp } from "../context.ts";
import { useEffect, useRef, useSignal } from "../hooks.ts";
import { type Held, type Uploads, uploadsOf } from "../models/uploads.ts";
import { Drawn } from "./drawn.tsx";

/** The paper clip in the composer, and what was chosen: by picker, camera, paste, or dropped anywhere on the panel. */
export function Attach() {
  const app = useApp();
  const { say, draft } = app;
  const model = uploadsOf(app);
  const ref = useRef<HTMLSpanElement | null>(null);
  const picker = useRef<HTMLInputElement | null>(null);
  const shot = useRef<HTMLInputElement | null>(null);
  const over = useSignal(false);

  const take = (files: FileList | null | undefined) => {
    if (files?.length) model.stage([...files]);
    app.focus.value += 1;
  };

  useEffect(() => {
    const panel = ref.current?.closest<HTMLElement>(".panel");
    if (!panel) return;
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const drag = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      over.value = true;
    };
    const leave = (event: DragEvent) => {
      if (!panel.contains(event.relatedTarget as Node | null)) over.value = false;
    };
    const drop = (event: DragEvent) => {
      over.value = false;
      if (!carries(event)) return;
      event.preventDefault();
      take(event.dataTransfer?.files);
    };
    const paste = (event: ClipboardEvent) => {
      const { files } = event.clipboardData ?? {};
      // What a word processor copies is words with a picture of them: the words are meant.
      if (!files?.length || event.clipboardData?.types.includes("text/plain")) return;
      event.preventDefault();
      take(files);
    };
    const heard = { dragenter: drag, dragover: drag, dragleave: leave, drop, paste } as Record<
      string,
      (event: never) => void
    >;
    for (const [name, listener] of Object.entries(heard)) panel.addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(heard)) panel.removeEventListener(name, listener as EventListener);
    };
  }, []);

  const field = (ref: typeof picker, more: object) => (
    <input
      ref={ref}
      type="file"
      hidden
      onChange={({ currentTarget }) => {
        take(currentTarget.files);
        currentTarget.value = "";
      }}
      {...more}
    />
  );
  const limits = model.limits();
  if (limits.types.length === 0) return null;
  return (
    <>
      {(draft.files.value.length > 0 || model.refused.value.length > 0) && <Staged model={model} />}
      <span ref={ref} class="attach">
        <button
          type="button"
          class="icon-btn"
          aria-label={say("composer.attach")}
          onClick={() => picker.current?.click()}
        >
          <Icon d={paperclip} />
        </button>
        {limits.types.includes("image") && matchMedia("(pointer: coarse)").matches && (
          <button
            type="button"
            class="icon-btn"
            aria-label={say("composer.camera")}
            onClick={() => shot.current?.click()}
          >
            <Icon d={camera} />
          </button>
        )}
        {field(picker, { multiple: true, accept: accepts(limits) })}
        {field(shot, { accept: "image/*", capture: "environment" })}
      </span>
      {over.value && (
        <p class="drop-here" aria-hidden="true">
          {say("file.drop")}
        </p>
      )}
    </>
  );
}

function Staged({ model }: { model: Uploads }) {
  const { draft } = useApp();
  const held = useSignal<readonly Held[]>([]);
  const ids = draft.files.value;
  useEffect(() => {
    let gone = false;
    Promise.all(ids.map(model.find)).then((found) => {
      if (!gone) held.value = found;
    });
    return () => {
      gone = true;
    };
  }, [ids]);
  return (
    <ul class="staged">
      {[...held.value.filter(({ id }) => ids.includes(id)), ...model.refused.value].map((one) => (
        <Chosen key={one.id} held={one} model={model} />
      ))}
    </ul>
  );
}

function Chosen({ held, model }: { held: Held; model: Uploads }) {
  const { say, locale, focus } = useApp();
  const { id, name, size } = held;
  const wrong = held.wrong.value;
  const max = fileSize(model.limits().megabytes * 1_000_000, locale.value);
  return (
    <li class={wrong ? "file is-failed" : "file"} role={wrong ? "alert" : undefined}>
      {held.picture.value ? <Drawn held={held} /> : <Icon d={wrong ? fileX : fileText} />}
      <span class="row-text">
        <FileName name={name} />
        <span class={wrong ? "small" : "small muted"}>
          {wrong ? say(`file.${wrong}`, { max }) : fileSize(size, locale.value)}
        </span>
      </span>
      <button
        type="button"
        class="icon-btn file-x"
        aria-label={say("file.remove", { name })}
        onClick={() => {
          model.unstage(id);
          focus.value += 1;
        }}
      >
        <Icon d={x} size={16} />
      </button>
    </li>
  );
}
