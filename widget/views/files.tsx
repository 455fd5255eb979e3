import type { FileCard } from "../../protocol/event.ts";
import { FileName } from "../../ui/file-name.tsx";
import { fileSize } from "../../ui/file-size.ts";
import { Icon } from "../../ui/icon.tsx";
import { fileText } from "../../ui/icons.ts";
import { download, fileX } from "../../ui/icons-files.ts";
import { en } from "../../ui/locales/en-files.ts";
import type { App } from "../app.ts";
import { useApp } from "../context.ts";
import { useEffect, useSignal } from "../hooks.ts";
import type { Message } from "../models/thread.ts";
import { type Held, type Uploads, uploadsOf } from "../models/uploads.ts";
import attachCss from "../styles/attach.css?inline";
import filesCss from "../styles/files.css?inline";
import { Attach } from "./attach.tsx";
import { Drawn } from "./drawn.tsx";
import { Later } from "./later.tsx";

/*
 * All of files but the viewer is one part: who chooses one sees it in the thread at once.
 */

export const css = filesCss + attachCss;
export const sentences = en;
export const attach = { View: Attach, css, sentences };
/** The way of a message that carries files. */
export const deliver = (app: App, ...how: Parameters<Uploads["deliver"]>) => uploadsOf(app).deliver(...how);

/** As wide as pictures stand in a thread, and as high at most, px. */
const WIDE = 208;
const HIGH = 280;

const viewer = () => import("./image.tsx");

/** What hangs on a message: pictures at the size they will have, the rest as cards that say what they are. */
export function View({ message }: { message: Message }) {
  const { files = [], redacted, key } = message;
  if (redacted) return null;
  return (
    <>
      {files.map((file) =>
        typeof file === "string" ? (
          <Going key={file} id={file} message={key} files={files as string[]} failed={message.delivery === "refused"} />
        ) : (
          <Came key={file.id} file={file} />
        ),
      )}
    </>
  );
}

function Came({ file }: { file: FileCard }) {
  const { say, config, locale } = useApp();
  const shown = useSignal(false);
  const broken = useSignal(false);
  const { name, type, size, width, height } = file;
  // By the server that this page knows, whatever it calls itself.
  const url = new URL(new URL(file.url, config.host).pathname, config.host).href;
  if (width && height && !broken.value)
    return (
      <>
        <button
          type="button"
          class="picture"
          aria-label={say("file.show", { name })}
          style={sizeOf(width, height)}
          onClick={() => (shown.value = true)}
        >
          <img
            src={url}
            alt={name}
            width={width}
            height={height}
            decoding="async"
            onError={() => (broken.value = true)}
          />
        </button>
        {shown.value && (
          <Later
            load={viewer}
            meanwhile={null}
            with={{ url, name, icon: download, done: () => (shown.value = false) }}
          />
        )}
      </>
    );
  return (
    <a class="file" href={url} target="_blank" rel="noopener noreferrer" download={name}>
      <Icon d={fileText} />
      <span class="row-text">
        <FileName name={name} />
        <span class="small muted">
          {kindOf(type, name)} · {fileSize(size, locale.value)}
        </span>
      </span>
      <Icon d={download} size={16} />
    </a>
  );
}

/** On its way, or not gone. */
function Going(props: { id: string; message: string; files: readonly string[]; failed: boolean }) {
  const app = useApp();
  const { say, locale } = app;
  const model = uploadsOf(app);
  const { id, message, files, failed } = props;
  const held = useSignal<Held | undefined>(undefined);
  useEffect(() => {
    void model.find(id).then((found) => {
      held.value = found;
    });
  }, []);
  const one = held.value;
  if (!one) return <div class="file" aria-hidden="true" />;
  const done = one.done.value;
  const wrong = one.wrong.value;
  const percent = new Intl.NumberFormat(locale.value, { style: "percent" });
  const max = fileSize(model.limits().megabytes * 1_000_000, locale.value);
  // One for the message: it goes whole or not at all.
  const cancel = !failed && done !== 1 && id === files.at(-1) && (
    <button type="button" class="btn btn-quiet btn-sm" onClick={() => model.cancel(message, files)}>
      {say("file.cancel")}
    </button>
  );
  const bar = done !== undefined && done < 1 && (
    <progress class="progress" value={done} aria-label={one.name} style={{ "--v": done * 100 }} />
  );
  const picture = one.picture.value;
  return (
    <>
      {picture && !wrong ? (
        <div class="picture is-going" style={sizeOf(picture.width, picture.height)}>
          <Drawn held={one} />
          {bar}
        </div>
      ) : (
        <div class={wrong ? "file is-failed" : "file"}>
          <Icon d={wrong ? fileX : fileText} />
          <span class="row-text">
            <FileName name={one.name} />
            <span class={wrong ? "small" : "small muted"}>
              {wrong
                ? say(`file.${wrong}`, { max })
                : [fileSize(one.size, locale.value), bar && percent.format(done)].filter(Boolean).join(" · ")}
            </span>
            {bar}
          </span>
        </div>
      )}
      {cancel}
    </>
  );
}

/** The room it will take, before it has come. */
function sizeOf(width: number, height: number) {
  const wide = Math.min(WIDE, Math.max(48, width));
  return { inlineSize: `${wide}px`, blockSize: `${Math.min(HIGH, Math.max(32, (wide * height) / width))}px` };
}

/** "PDF": by the end of its name, which the server made fit its content. */
function kindOf(type: string, name: string): string {
  return (/\.(\w{1,5})$/.exec(name)?.[1] ?? type.split("/")[1] ?? "").toUpperCase();
}
