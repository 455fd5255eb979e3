import { accepts } from "../../ui/file-kinds.ts";
import { FileName } from "../../ui/file-name.tsx";
import { fileSize } from "../../ui/file-size.ts";
import { Icon } from "../../ui/icon.tsx";
import { fileText, x } from "../../ui/icons.ts";
import { fileX } from "../../ui/icons-files.ts";
import { useApp } from "../context.ts";
import { useEffect, useRef, useSignal } from "../hooks.ts";
import { type Held, type Uploads, uploadsOf } from "../models/uploads.ts";
import type { Given } from "./clip.tsx";
import { Drawn } from "./drawn.tsx";

/** What was chosen: by picker, camera, paste, or dropped anywhere on the panel. */
export function Attach({ asked, over }: Given) {
  const app = useApp();
  const { say, draft } = app;
  const model = uploadsOf(app);
  const picker = useRef<HTMLInputElement | null>(null);
  const shot = useRef<HTMLInputElement | null>(null);

  const take = (files: Iterable<File> | null) => {
    if (files) model.stage([...files]);
    app.focus.value += 1;
  };
  const what = asked.value;
  useEffect(() => {
    asked.value = undefined;
    if (what === "picker") picker.current?.click();
    else if (what === "camera") shot.current?.click();
    else if (what) take(what);
  }, [what]);

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
  return (
    <>
      {(draft.files.value.length > 0 || model.refused.value.length > 0) && <Staged model={model} />}
      {field(picker, { multiple: true, accept: accepts(model.limits()) })}
      {field(shot, { accept: "image/*", capture: "environment" })}
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
    <li class={wrong ? "file is-failed" : "file"}>
      {held.picture.value ? <Drawn held={held} /> : <Icon d={wrong ? fileX : fileText} />}
      <span class="row-text" role={wrong ? "alert" : undefined}>
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
